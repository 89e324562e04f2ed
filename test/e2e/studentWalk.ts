import { expect, test, type Page } from '@playwright/test'
import { checkEveryPage } from './everyPage.ts'
import { lab, valueOf } from './labProcess.ts'
import { walkThroughQueue } from './queueSteps.ts'
import { choose, enter, picture, pill, stepOf, toPage } from './windowActions.ts'

/** The lab with its window open, in whatever shell. */
export interface OpenedLab {
  readonly page: Page
  /** What the page has complained about on its console. */
  readonly complaints: readonly string[]
  /** Ends window and lab as a person closing them would, and waits. */
  readonly end: () => Promise<void>
  /** Ends both as a power cut would, and waits. */
  readonly kill: () => Promise<void>
}

/**
 * A student's first hours: gets CIFAR-10, trains, pauses, closes the lab, loses it to a power cut, and compares two
 * runs. The shells share it, so that what holds in one holds in the other.
 * @param open Opens the lab of a home folder at the page Data.
 */
export async function walkAsStudent(open: (home: string) => Promise<OpenedLab>, home: string): Promise<void> {
  test.setTimeout(25 * 60_000)
  let opened = await open(home)
  let { page } = opened

  await test.step('an empty lab says what will be here', async () => {
    await toPage(page, 'Compare')
    await expect(page.getByText('Your runs will be here, side by side')).toBeVisible()
    await toPage(page, 'Train')
    await expect(page.getByText('The curves of your first run will be here')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled()
    await picture(page, '1-empty-train')
  })

  await test.step('the data set comes down with a progress bar, can be cancelled, and shows its images', async () => {
    await toPage(page, 'Data')
    await choose(page, 'Data set', 'CIFAR-10')
    await page.getByRole('button', { name: /^Download, / }).click()
    const progress = page.getByRole('progressbar', { name: 'Progress of CIFAR-10' })
    await expect(progress).toBeVisible()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(progress).toBeHidden()
    await expect(page.getByText(/The download of CIFAR-10 was cancelled/)).toBeVisible()

    await page.getByRole('button', { name: /^Download, / }).click()
    await expect(page.getByText(/\/s · .* left/)).toBeVisible({ timeout: 5 * 60_000 })
    await picture(page, '2-download')
    const images = page.getByRole('listbox', { name: 'Images of CIFAR-10' }).getByRole('option', { name: /, image / })
    await expect.poll(() => images.count(), { timeout: 10 * 60_000 }).toBeGreaterThan(30)
    await expect(page.getByText('Training 50,000')).toBeVisible()
    await expect(page.getByText('Test 10,000')).toBeVisible()
    await expect
      .poll(() =>
        images
          .first()
          .locator('img')
          .evaluate((image) => (image instanceof HTMLImageElement && image.complete ? image.naturalWidth : 0)),
      )
      .toBe(32)
    await picture(page, '3-data')
  })

  await test.step('bad numbers are refused where they are entered', async () => {
    await page.getByRole('link', { name: 'Train on it' }).click()
    await enter(page, 'Learning rate', '0')
    await expect(page.getByText(/A number above 0/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled()
    await enter(page, 'Batch', '60000')
    await enter(page, 'Learning rate', '0.001')
    await expect(page.getByRole('alert').first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled()
  })

  await test.step('a run trains, and the window stays awake', async () => {
    await enter(page, 'Batch', '50')
    await enter(page, 'Steps', '4000')
    await enter(page, 'Test every', '100')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(page.getByRole('heading', { name: /Run 1 · CIFAR-10 · Lab network/ })).toBeVisible()
    await expect.poll(() => stepOf(page)).toBeGreaterThan(10)
    await expect(page.getByRole('button', { name: 'Add to queue', exact: true })).toBeVisible()
    // Every page is opened and read while the engine computes.
    await toPage(page, 'Data')
    await page.getByText('Test 10,000').click()
    await expect(page.getByRole('option', { name: /, image 50,000/ })).toBeVisible()
    await toPage(page, 'Compare')
    await expect(page.getByRole('rowheader', { name: 'Run 1' })).toBeVisible()
    await toPage(page, 'Train')
    const before = await stepOf(page)
    await expect.poll(() => stepOf(page)).toBeGreaterThan(before)
    // The first evaluation of the whole test set.
    await expect(page.locator('dl.tiles > div').nth(2).locator('strong')).toHaveText(/\d\s?%/, {
      timeout: 3 * 60_000,
    })
    await picture(page, '4-training')
  })

  await test.step('the command line reads the same lab beside the open window', async () => {
    const { code, values } = await lab(home, 'runs')
    expect(code).toBe(0)
    expect(JSON.stringify(values)).toContain('"state":"training"')
  })

  await test.step('it is looked into while it trains: the image of the lab, its maps and the answer', async () => {
    await toPage(page, 'Look inside')
    await expect(page.getByText('True: frog')).toBeVisible()
    await expect(page.getByText(/^Pred: /)).toBeVisible()
    await expect(page.getByText(/^64 maps of 24 × 24/)).toBeVisible()
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
      [1440, 960],
    ] as const) {
      await page.setViewportSize({ width, height })
      await picture(page, `look-cifar-10-${width}`)
    }
    await page.getByText('Why this answer').click()
    await expect(page.getByRole('heading', { name: 'Saliency' })).toBeVisible()
    await toPage(page, 'Train')
    const before = await stepOf(page)
    await expect.poll(() => stepOf(page)).toBeGreaterThan(before)
  })

  await test.step('it pauses and continues', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(pill(page, /Paused at step \d/)).toBeVisible()
    const held = await stepOf(page)
    await picture(page, '5-paused')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => stepOf(page)).toBeGreaterThan(held)
  })

  await test.step('closed in the middle and opened again, the run is there, paused, and continues', async () => {
    const before = await stepOf(page)
    await opened.end()
    opened = await open(home)
    page = opened.page
    await toPage(page, 'Train')
    await expect(pill(page, /Paused at step \d/)).toBeVisible()
    expect(await stepOf(page)).toBeGreaterThanOrEqual(before)
    const held = await stepOf(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => stepOf(page)).toBeGreaterThan(held)
  })

  await test.step('killed, it is interrupted, and continues too', async () => {
    await opened.kill()
    opened = await open(home)
    page = opened.page
    await toPage(page, 'Train')
    await expect(pill(page, /Interrupted/)).toBeVisible()
    await expect(page.getByText(/It can be continued from its last checkpoint/)).toBeVisible()
    await picture(page, '6-interrupted')
    const { checkpointStep } = await valueOf<{ checkpointStep: number }>(home, 'run', '1')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => stepOf(page)).toBeGreaterThan(checkpointStep)
    // Long enough for its curve to be worth comparing.
    await expect.poll(() => stepOf(page), { timeout: 5 * 60_000 }).toBeGreaterThan(320)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(pill(page, /Stopped at step \d/)).toBeVisible()
  })

  await test.step('a second run with another learning rate ends by itself', async () => {
    await enter(page, 'Learning rate', '0.0003')
    await enter(page, 'Batch', '50')
    await enter(page, 'Steps', '300')
    await enter(page, 'Test every', '100')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(page.getByRole('heading', { name: /Run 2 · CIFAR-10 · Lab network/ })).toBeVisible()
    await expect(pill(page, /Done/)).toBeVisible({ timeout: 5 * 60_000 })
    await picture(page, '7-done')
  })

  await test.step('both runs stand side by side, with what differs', async () => {
    await toPage(page, 'Compare')
    for (const name of ['Show Run 1 in the chart', 'Show Run 2 in the chart']) {
      const tick = page.getByRole('checkbox', { name })
      if ((await tick.getAttribute('aria-checked')) !== 'true') await tick.click()
    }
    await expect(page.getByRole('region', { name: 'Test accuracy' }).getByRole('listitem')).toHaveCount(2)
    const differences = page.getByRole('region', { name: 'What differs' })
    await expect(differences.getByRole('rowheader', { name: 'Learning rate' })).toBeVisible()
    await expect(differences.getByText('0.0003')).toBeVisible()
    const chart = page.getByRole('region', { name: 'Test accuracy' }).locator('canvas')
    await chart.hover()
    await expect(page.getByText(/Step [\d,]+ · epoch/).first()).toBeVisible()
    await page.getByRole('button', { name: 'As a table' }).click()
    await expect(
      page.getByRole('region', { name: 'Test accuracy' }).getByRole('columnheader', { name: /Run 2/ }),
    ).toBeVisible()
    await page.getByRole('button', { name: 'As a table' }).click()
    await picture(page, '8-compare')
  })

  await test.step('runs wait in a queue, are reordered and cancelled, and begin by themselves', async () => {
    await toPage(page, 'Train')
    await walkThroughQueue(page, home, 3)
  })

  await test.step('every page in both languages and both themes, without a barrier', () => checkEveryPage(page))

  expect(opened.complaints).toEqual([])
  await opened.end()
}
