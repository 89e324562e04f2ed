import { expect, test, type Locator, type Page } from '@playwright/test'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { checkPage } from './checkPage.ts'
import { startLab, type LabProcess } from './labProcess.ts'
import { madeSteps, makeRuns } from './madeRuns.ts'
import { choose, openPage, picture, tabTo, toPage } from './windowActions.ts'

let home: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-charts-'))
  makeRuns(home, 32)
})

test.afterAll(async () => {
  await shell?.end()
  await rm(home, { recursive: true, force: true })
})

/** A chart by its title. */
const chart = (page: Page, title: string): Locator =>
  page.getByRole('application', { name: new RegExp(`^Chart: ${title}`) })
const metric = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Curve' }).getByRole('button', { name, exact: true })
const legend = (page: Page): Locator => page.getByRole('list', { name: 'Lines' })

/** How many pixels of a chart have a colour of the theme. */
function pixels(of: Locator, token: string): Promise<number> {
  return of.locator('canvas').evaluate((canvas, name) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('the chart has no canvas')
    const probe = document.createElement('span')
    probe.style.color = `var(--${name})`
    document.body.append(probe)
    const [red, green, blue] = (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(Number)
    probe.remove()
    // From a copy: a canvas that is read again and again is complained about.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
    copy?.drawImage(canvas, 0, 0)
    const data = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let count = 0
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) count += 1
    return count
  }, token)
}

/** Ticks alone the runs that a search finds, so many. */
async function tick(page: Page, search: string, count: number): Promise<void> {
  const all = page.getByRole('checkbox', { name: 'Show all runs in the chart' })
  await page.getByRole('combobox', { name: 'Search runs' }).fill(search)
  await expect(all.locator('xpath=ancestor::*[@aria-rowcount]').getByRole('row')).toHaveCount(1 + count)
  await all.check()
  await all.uncheck()
  await all.check()
}

/** Saves what a chart shows in a format. */
async function saved(page: Page, format: string): Promise<Buffer> {
  const save = { name: 'Save or copy the chart' } as const
  await page.getByRole('button', save).or(page.getByRole('combobox', save)).first().click()
  const download = page.waitForEvent('download')
  await page.getByRole('option', { name: format }).click()
  return readFile(await (await download).path())
}

test('charts of many runs: hidden, alone, lifted, logarithmic, as one, side by side, in files and on paper', async () => {
  shell = await startLab(home)
  const opened = await openPage(shell)
  const { page, complaints } = opened
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await toPage(page, 'Compare')
  await expect(chart(page, 'Test accuracy')).toBeVisible()
  await tick(page, 'id <= 6', 6)

  await test.step('repeats are one line with their interval, and single lines on demand', async () => {
    await expect(legend(page).getByRole('button', { name: 'Runs 1–3: mean, n = 3' })).toBeVisible()
    await expect(legend(page).getByRole('button')).toHaveCount(4)
    await chart(page, 'Test accuracy').hover({ position: { x: 300, y: 100 } })
    await expect(page.getByText(/^95 %: \d+\.\d\s% to \d+\.\d\s%$/).first()).toBeVisible()
    await picture(page, 'charts-repeats')
    await page.getByRole('button', { name: /^Repeats as one/ }).click()
    await expect(legend(page).getByRole('button')).toHaveCount(6)
  })

  await test.step('outliers do not flatten the rest: they are named, and shown on demand', async () => {
    await metric(page, 'Training loss').click()
    await metric(page, 'Test accuracy').click()
    await expect(page.getByText(/^Above this range: Run 4.*, up to \d/)).toBeVisible()
    await expect(chart(page, 'Training loss')).toBeVisible()
    const usual = await pixels(chart(page, 'Training loss'), 'series-1')
    await page.getByRole('button', { name: 'Show outliers' }).click()
    await expect(page.getByText(/^Above this range/)).toBeHidden()
    expect(usual).toBeGreaterThan(100)
    await picture(page, 'charts-outliers')
    await page.getByRole('button', { name: 'Show outliers' }).click()
  })

  await test.step('a logarithmic axis tells what has no place on it', async () => {
    await page.getByRole('button', { name: /^log y/ }).click()
    await expect(page.getByText(/A logarithmic axis has no zero\. Left out are .*: Run 6/)).toBeVisible()
    await page.getByRole('button', { name: /^log x/ }).click()
    await picture(page, 'charts-log')
    await page.getByRole('button', { name: /^log x/ }).click()
    await page.getByRole('button', { name: /^log y/ }).click()
  })

  const run = (id: number): Locator => legend(page).getByRole('button', { name: new RegExp(`^Run ${id}\\b`) })
  await test.step('a click hides a line, a double click shows it alone; by keyboard too', async () => {
    const before = await pixels(chart(page, 'Training loss'), 'series-3')
    expect(before).toBeGreaterThan(0)
    await run(3).click()
    await expect(run(3)).toHaveAttribute('aria-pressed', 'false')
    await page.mouse.move(0, 0)
    await expect.poll(() => pixels(chart(page, 'Training loss'), 'series-3')).toBe(0)
    await run(3).click()
    await run(2).dblclick()
    await expect(run(2)).toHaveAttribute('aria-pressed', 'true')
    await expect(run(1)).toHaveAttribute('aria-pressed', 'false')
    await run(2).dblclick()
    await expect(run(1)).toHaveAttribute('aria-pressed', 'true')

    // From the controls above on: the table below has more places than one would tab through.
    await metric(page, 'Training loss').focus()
    await tabTo(page, run(1))
    await page.keyboard.press('Enter')
    await expect(run(1)).toHaveAttribute('aria-pressed', 'false')
    await page.keyboard.press('Shift+Enter')
    await expect(run(1)).toHaveAttribute('aria-pressed', 'true')
    await expect(run(4)).toHaveAttribute('aria-pressed', 'false')
    await page.getByRole('button', { name: 'Show hidden: 5' }).click()
  })

  await test.step('a line and its row of the table stand out together', async () => {
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'Run 3', exact: true }) })
      .first()
    await run(3).hover()
    await expect(row).toHaveClass(/lifted/)
    await page.mouse.move(0, 0)
    await expect(row).not.toHaveClass(/lifted/)
    const others = await pixels(chart(page, 'Training loss'), 'series-1')
    await row.hover()
    await expect(run(3)).toHaveClass(/lifted/)
    // The others are faint meanwhile.
    await expect.poll(() => pixels(chart(page, 'Training loss'), 'series-1')).toBeLessThan(others / 4)
  })

  await test.step('the values under the cursor, by keyboard, sorted as the lines lie', async () => {
    await metric(page, 'Training loss').focus()
    await tabTo(page, chart(page, 'Training loss'))
    await page.keyboard.press('End')
    const heard = page.locator('[aria-live=polite]').filter({ hasText: /^Step 200 · epoch [\d.]+\. Run 5/ })
    await expect(heard).toHaveText(/Run 5.*: \S*10\S+\. .*Run 6/)
    await page.keyboard.press('Escape')
  })

  await test.step('several metrics side by side share the cursor', async () => {
    await metric(page, 'Test accuracy').click()
    await metric(page, 'Test loss').click()
    await expect(page.getByRole('application')).toHaveCount(3)
    await chart(page, 'Test loss').hover({ position: { x: 260, y: 60 } })
    await expect(page.locator('.readout')).toHaveCount(3)
    // The test set was measured every 20 steps, and each batch was.
    await expect(page.locator('.readout > p:first-child')).toHaveText([
      /^Step \d+0 · /,
      /^Step \d+0 · /,
      /^Step \d+ · /,
    ])
    await picture(page, 'charts-several')
    await metric(page, 'Training loss').click()
    await metric(page, 'Test loss').click()
  })

  await test.step('the table says what it holds', async () => {
    await page.getByRole('button', { name: 'As a table' }).click()
    await expect(page.getByText('Points: 10', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'As a table' }).click()
  })

  await test.step('what is shown is saved: SVG with real text, PNG, LaTeX', async () => {
    await run(3).click()
    const svg = (await saved(page, 'Picture as SVG')).toString('utf8')
    // An SVG that is none would not be drawn.
    expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ format: 'svg' })
    expect((await sharp(Buffer.from(svg)).stats()).isOpaque).toBe(true)
    expect(svg).toContain('>Test accuracy</text>')
    expect(svg).toMatch(/>Run 1,[^<]*<\/text>/)
    expect(svg).not.toMatch(/>Run 3,/)
    expect(svg.match(/<path /g)).toHaveLength(5)
    const png = await sharp(await saved(page, 'Picture as PNG')).metadata()
    expect(png.format).toBe('png')
    expect(png.width).toBeGreaterThan(1800)

    const save = { name: 'Save or copy the chart' } as const
    await page.getByRole('button', save).or(page.getByRole('combobox', save)).click()
    await page.getByRole('option', { name: 'Copy as a LaTeX table' }).click()
    await expect(page.getByText('Copied')).toBeVisible()
    const latex = await page.evaluate(() => navigator.clipboard.readText())
    expect(latex).toMatch(/\\toprule\nRun & n & Best accuracy, \\% &/)
    expect(latex.split('\n').filter((line) => line.startsWith('Run ') && line.includes(' & $'))).toHaveLength(5)

    const csv = (await saved(page, 'Table as CSV')).toString('utf8').trimEnd().split('\n')
    expect(csv[0]).toBe(
      'run,name,step,seconds,loss,accuracy,test_loss,test_accuracy,validation_loss,validation_accuracy',
    )
    // Every step of each run that is shown, unsmoothed.
    expect(csv).toHaveLength(1 + 5 * madeSteps)
    expect(csv.filter((line) => line.startsWith('3,'))).toEqual([])
    expect(csv.find((line) => line.startsWith('4,Run 4,1,'))).toMatch(/^4,Run 4,1,0\.5,1\d\./)
    await page.getByRole('button', { name: 'Show hidden: 1' }).click()
  })

  await test.step('with 32 runs the legend folds and the readout is short', async () => {
    await page.getByRole('combobox', { name: 'Search runs' }).fill('')
    const all = page.getByRole('checkbox', { name: 'Show all runs in the chart' })
    await expect(all).not.toBeChecked()
    await all.check()
    await expect(legend(page).getByRole('button', { name: '24 more' })).toHaveAttribute('aria-expanded', 'false')
    await legend(page).getByRole('button', { name: '24 more' }).click()
    await expect(run(32)).toBeVisible()
    await chart(page, 'Test accuracy').hover({ position: { x: 300, y: 100 } })
    await expect(page.locator('.readout')).toContainText(/and \d+ more/)
    expect(await page.locator('.readout tr').count()).toBeLessThanOrEqual(8)
    await picture(page, 'charts-many')
    await legend(page).getByRole('button', { name: 'Fewer' }).click()
  })

  await test.step('both themes and languages; paper is light and has no controls', async () => {
    await checkPage(page, 'charts-light')
    await choose(page, 'Theme', 'Dark')
    await choose(page, 'Language', 'Русский')
    await checkPage(page, 'charts-dark-ru')
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    await expect(page.getByRole('navigation')).toBeHidden()
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
    await picture(page, 'charts-paper')
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: null })
  })

  expect(complaints).toEqual([])
  await opened.close()
})
