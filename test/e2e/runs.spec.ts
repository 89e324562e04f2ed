import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { lab, startLab, type LabProcess } from './labProcess.ts'
import { importPictures, makePictures } from './ownImages.ts'
import { choose, openPage, tabTo, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-runs-'))
  pictures = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-pictures-'))
  await makePictures(path.join(pictures, 'Three colours'), ['red', 'green', 'blue'], 20)
})

test.afterAll(async () => {
  await shell?.kill().catch((thrown: unknown) => {
    // It has ended already where the test went through.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown
  })
  await rm(home, { recursive: true, force: true })
  await rm(pictures, { recursive: true, force: true })
})

const table = (page: Page) => page.getByRole('grid', { name: 'All runs' })
/** The names of the runs in the table, in its order. */
const names = (page: Page) => table(page).getByRole('rowheader').getByRole('link')
const search = (page: Page) => page.getByRole('combobox', { name: 'Search runs' })

/** Goes to the row of the table where the keyboard was, or to its first one. */
async function toRows(page: Page): Promise<void> {
  await tabTo(page, table(page).locator('[data-place][tabindex="0"]'))
}

/** Presses a button that Tab leads to. */
async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }))
  await page.keyboard.press('Enter')
}

/** Searches by keyboard. */
async function find(page: Page, text: string): Promise<void> {
  await tabTo(page, search(page))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text === '' ? ' ' : text)
}

test('runs are named, tagged, found, grouped, deleted and restored by keyboard, and columns dragged', async () => {
  const set = await importPictures(home, path.join(pictures, 'Three colours'))
  for (const [seed, rate] of [
    ['1', '0.001'],
    ['2', '0.001'],
    ['3', '0.01'],
  ]) {
    const words = ['--dataset', set, '--preset', 'quick', '--steps', '4', '--batch', '4']
    expect((await lab(home, 'train', ...words, '--seed', seed, '--learning-rate', rate)).code).toBe(0)
  }
  shell = await startLab(home)
  const opened = await openPage(shell)
  const { page } = opened
  await toPage(page, 'Compare')
  await expect(names(page)).toHaveText(['Run 3', 'Run 2', 'Run 1'])

  await test.step('a name is given where the run stands, and is its name everywhere', async () => {
    await toRows(page)
    await page.keyboard.press('F2')
    await page.keyboard.type('Высокая скорость')
    await page.keyboard.press('Enter')
    await expect(names(page)).toHaveText(['Высокая скорость', 'Run 2', 'Run 1'])
    // The focus is at the row again. Run 3 is green, as it comes; the first colour is blue.
    const marked = (colour: number) => table(page).locator('[data-place="0"]').locator(`svg[style*="series-${colour}"]`)
    await expect(marked(3)).toBeVisible()
    await page.keyboard.press('F2')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(marked(1)).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: /^Высокая скорость · Three colours/ })).toBeVisible()
    await toPage(page, 'Compare')
    await expect(
      page
        .getByRole('region', { name: 'Test accuracy' })
        .getByText(/Высокая скорость/)
        .first(),
    ).toBeVisible()
  })

  await test.step('a name that is too long is refused in a sentence, and nothing is lost', async () => {
    await toRows(page)
    await page.keyboard.press('F2')
    await page.keyboard.type('x'.repeat(500))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('500')
    await page.keyboard.press('Escape')
    await expect(names(page).first()).toHaveText('Высокая скорость')
  })

  await test.step('ticked runs get a tag', async () => {
    await expect(page.getByText('2 ticked')).toBeVisible()
    await press(page, 'Tags')
    await expect(page.getByLabel('Tag for the ticked runs')).toBeVisible()
    await tabTo(page, page.getByLabel('Tag for the ticked runs'))
    await page.keyboard.type('lab 3')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Remove the tag lab 3' })).toBeVisible()
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    const wrong = page.getByRole('button', { name: 'Remove the tag wrong' })
    await tabTo(page, wrong)
    await page.keyboard.press('Enter')
    await expect(wrong).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Remove the tag lab 3' })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('a search finds by words and by conditions, completes, and marks a mistake at its place', async () => {
    await find(page, 'lab 3')
    await expect(names(page)).toHaveText(['Высокая скорость', 'Run 2'])
    await find(page, 'tag = "lab 3" and rate < 0.005')
    await expect(names(page)).toHaveText(['Run 2'])
    await find(page, 'ra')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(search(page)).toHaveValue('rate ')
    await page.keyboard.type('= 0.01')
    await expect(names(page)).toHaveText(['Высокая скорость'])
    await find(page, 'rate < 1 and bset > 70 %')
    await expect(page.getByText('nothing is called “bset”; the nearest name is “best”')).toBeVisible()
    await expect(page.locator('mark')).toHaveText('bset')
    await press(page, 'Write best')
    await expect(search(page)).toHaveValue('rate < 1 and best > 70 %')
    await find(page, '')
    await expect(names(page)).toHaveCount(3)
  })

  await test.step('the order follows several columns, and is there again after a reload', async () => {
    await tabTo(page, table(page).getByRole('separator', { name: 'Width of Batch' }))
    const width = (await table(page).getByRole('columnheader', { name: 'Batch' }).boundingBox())?.width ?? 0
    await page.keyboard.press('ArrowRight')
    await expect
      .poll(async () => (await table(page).getByRole('columnheader', { name: 'Batch' }).boundingBox())?.width)
      .toBeCloseTo(width + 16, 0)
    await tabTo(page, table(page).getByRole('button', { name: 'Batch', exact: true }))
    await page.keyboard.press('Alt+ArrowLeft')
    const heads = table(page).getByRole('columnheader')
    await expect(heads.nth(4)).toContainText('Batch')
    await tabTo(page, table(page).getByRole('button', { name: 'Learning rate' }))
    await page.keyboard.press('Enter')
    await expect(names(page)).toHaveText(['Высокая скорость', 'Run 2', 'Run 1'])
    await tabTo(page, table(page).getByRole('button', { name: 'Run', exact: true }))
    await page.keyboard.press('Shift+Enter')
    await expect(names(page)).toHaveText(['Высокая скорость', 'Run 1', 'Run 2'])
    await page.reload()
    await expect(names(page)).toHaveText(['Высокая скорость', 'Run 1', 'Run 2'])
    await expect(heads.nth(4)).toContainText('Batch')
  })

  await test.step('a column is dragged, a setting becomes one, and notes are written where they stand', async () => {
    const heads = table(page).getByRole('columnheader')
    const head = (name: string) => table(page).getByRole('button', { name, exact: true })
    await head('Batch').dragTo(head('Data set'))
    await expect(heads.nth(2)).toContainText('Batch')
    const separator = table(page).getByRole('separator', { name: 'Width of Batch' })
    const wide = Number(await separator.getAttribute('aria-valuenow'))
    const box = await separator.boundingBox()
    const [x, y] = [(box?.x ?? 0) + 5, (box?.y ?? 0) + 10]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 40, y)
    await page.mouse.up()
    await expect(separator).toHaveAttribute('aria-valuenow', String(wide + 40))
    await page.getByRole('button', { name: 'Columns', exact: true }).click()
    await page.getByLabel('Note', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Any other setting' }).fill('schedule.learningRate')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(heads.filter({ hasText: 'schedule.learningRate' })).toBeVisible()
    await expect(table(page).getByRole('gridcell', { name: '0.01', exact: true })).toHaveCount(2)
    await table(page)
      .getByRole('button', { name: /^Note of Run 1/ })
      .click()
    await page.keyboard.type('after the holidays')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(table(page).getByRole('button', { name: /^Note of Run 1: after the holidays/ })).toBeVisible()
  })

  await test.step('runs that are equal in a setting stand together, with mean and deviation', async () => {
    await tabTo(page, page.getByLabel(/^Group by: /))
    await page.keyboard.press('Enter')
    await page.keyboard.type('Repeats')
    await page.keyboard.press('Enter')
    const groups = table(page)
      .getByRole('row')
      .filter({ hasText: 'Best accuracy' })
      .filter({ hasText: /\d seeds?/ })
    await expect(groups).toHaveCount(2)
    const pair = groups.filter({ hasText: '2 seeds' })
    await expect(pair).toContainText('±')
    await expect(pair).toContainText('rate 0.001, batch 4')
    await toRows(page)
    if ((await pair.getAttribute('data-place')) !== '0') await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(names(page)).toHaveText(['Run 1', 'Run 2'])
    await checkPage(page, 'runs-groups-en-light')
    await tabTo(page, page.getByLabel(/^Group by: /))
    await page.keyboard.press('Enter')
    await page.keyboard.type('Not')
    await page.keyboard.press('Enter')
    await expect(names(page)).toHaveCount(3)
  })

  await test.step('the chart stays in sight while the table scrolls, and covers no row that is focused', async () => {
    const chart = page.getByRole('region', { name: 'Test accuracy', exact: true })
    const below = async (): Promise<number> => {
      const [row, lies] = [await names(page).first().boundingBox(), await chart.boundingBox()]
      return (row?.y ?? 0) - (lies?.y ?? 0) - (lies?.height ?? 0)
    }
    await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
    await toRows(page)
    await page.keyboard.press('Home')
    await expect(chart).toBeInViewport({ ratio: 0.9 })
    await expect.poll(below).toBeGreaterThanOrEqual(0)
  })

  await test.step('a view is saved by name and shown again', async () => {
    await find(page, 'rate = 0.001')
    await expect(names(page)).toHaveCount(2)
    await press(page, 'Views')
    await tabTo(page, page.getByLabel('Name of this view'))
    await page.keyboard.type('Slow ones')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Slow ones', exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await find(page, '')
    await expect(names(page)).toHaveCount(3)
    await press(page, 'Views')
    await expect(page.getByRole('button', { name: 'Slow ones', exact: true })).toBeVisible()
    await press(page, 'Slow ones')
    await page.keyboard.press('Escape')
    await expect(names(page)).toHaveCount(2)
    await expect(search(page)).toHaveValue('rate = 0.001')
    await find(page, '')
    await expect(names(page)).toHaveCount(3)
  })

  await test.step('a run is deleted without a question, and comes back', async () => {
    await toRows(page)
    await page.keyboard.press('Home')
    await page.keyboard.press('Delete')
    await expect(names(page)).toHaveText(['Run 1', 'Run 2'])
    await expect(page.getByText('1 run is in the bin.')).toBeVisible()
    await press(page, 'Undo')
    await expect(names(page)).toHaveText(['Высокая скорость', 'Run 1', 'Run 2'])
    await toRows(page)
    await page.keyboard.press('Home')
    await page.keyboard.press('Delete')
    await expect(names(page)).toHaveCount(2)
    await tabTo(page, page.getByRole('radio', { name: 'Runs', exact: true }))
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('radio', { name: 'Bin' })).toBeChecked()
    await expect(table(page).getByRole('rowheader')).toContainText(['Высокая скорость'])
    await toRows(page)
    await page.keyboard.press('Space')
    await press(page, 'Restore')
    await expect(page.getByText('The bin is empty.')).toBeVisible()
    await tabTo(page, page.getByRole('radio', { name: 'Bin', exact: true }))
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowLeft')
    await expect(names(page)).toHaveCount(3)
  })

  await test.step('space is given back, and the bin is emptied for good', async () => {
    const tick = page.getByRole('checkbox', { name: /Run 2(?!\d)/ })
    if ((await tick.getAttribute('aria-checked')) !== 'true') await tick.click()
    await page.getByRole('button', { name: /^Give back space/ }).click()
    await expect(page.getByText(/checkpoints? (?:is|are) deleted/)).toBeVisible()
    await toRows(page)
    await page.keyboard.press('End')
    await page.keyboard.press('Delete')
    await expect(names(page)).toHaveCount(2)
    await page.getByText('Bin', { exact: true }).click()
    await page.getByRole('button', { name: 'Empty the bin' }).click()
    await expect(page.getByText(/^1 run is deleted for good/)).toBeVisible()
    await expect(page.getByText('The bin is empty.')).toBeVisible()
    await page.getByText('Runs', { exact: true }).last().click()
    await expect(names(page)).toHaveCount(2)
  })

  await test.step('both languages and themes, without a barrier', async () => {
    await checkPage(page, 'runs-en-light')
    await choose(page, 'Theme', 'Dark')
    await checkPage(page, 'runs-en-dark')
    await choose(page, 'Language', 'Русский')
    await page.getByRole('combobox', { name: 'Поиск запусков' }).fill('rate < 0,01')
    await expect(page.getByText(/дробную часть здесь отделяют точкой: 0\.01 вместо 0,01/)).toBeVisible()
    await checkPage(page, 'runs-ru-dark')
    await choose(page, 'Тема', 'Светлая')
    await checkPage(page, 'runs-ru-light')
  })

  expect(opened.complaints).toEqual([])
  await opened.close()
  await shell.end()
  const { values } = await lab(home, 'runs', '--where', 'name ~ скорость')
  expect(values).toHaveLength(1)
})
