import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startLab, type LabProcess } from './labProcess.ts'
import { makeRepeatedRuns } from './repeatedRuns.ts'
import { choose, openPage, picture, tabTo } from './windowActions.ts'

let home: string
let shell: LabProcess

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-compare-'))
  makeRepeatedRuns(home)
  shell = await startLab(home)
})

test.afterAll(async () => {
  await shell.end()
  await rm(home, { recursive: true, force: true })
})

/** Opens Compare with exactly these runs ticked. */
async function compare(page: Page, ...runs: readonly number[]): Promise<void> {
  await page.evaluate(() => (window.location.hash = '#/compare'))
  for (let run = 1; run <= 7; run += 1) {
    const box = page.getByRole('checkbox', { name: new RegExp(`Run ${run}(?!\\d)`) })
    const ticked = await box.getAttribute('aria-checked')
    if ((ticked === 'true') !== runs.includes(run)) await box.click()
  }
}

/** The card has no barrier, and nothing on the page scrolls sideways in the smallest window. */
async function checkCard(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1024, height: 700 })
  expect(await page.locator('main').evaluate((main) => main.scrollWidth <= main.clientWidth)).toBe(true)
  const { violations } = await new AxeBuilder({ page }).include('.fairness').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  )
  await picture(page, name)
}

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('Compare says what is unfair, compares after equal training, and tests repeats', async () => {
  const opened = await openPage(shell)
  const { page, complaints } = opened

  await test.step('two groups of repeats are compared in words, with what chance would give', async () => {
    await compare(page, 1, 2, 3, 4, 5, 6)
    const line = page.getByRole('button', { name: /^To be read with care: best chosen on the test set/ })
    await tabTo(page, line)
    await page.keyboard.press('Enter')
    const card = region(page, 'Fairness of the comparison')
    // SciPy: the means differ by 0.09, t is 11.02, the degrees of freedom are 4, p is 0.00039.
    await expect(card).toContainText('At the end, the second group is +9.00 percentage points off the first')
    await expect(card).toContainText('more than chance would give')
    await expect(card).toContainText("Welch's test: t = 11.02, 4.0 degrees of freedom, p < 0.001")
    await expect(card).toContainText('fewer than five runs')
    await expect(card.getByRole('row', { name: /Run 1 Run 2 Run 3 3 of 3/ })).toContainText('62.00 % ± 1.00 %')
    await checkCard(page, 'compare-repeats')
  })

  await test.step('an unfair pair is named in one line, and compared after equal training', async () => {
    await compare(page, 1, 7)
    const card = region(page, 'Fairness of the comparison')
    await expect(card.getByRole('button', { expanded: true })).toContainText(
      'Not a fair comparison: 2 choices differ at once; different numbers of images seen',
    )
    await expect(card).toContainText('Images trained on, steps times batch: Run 1: 20,000; Run 7: 5,000')
    const table = card.getByRole('region', { name: 'After equal training' })
    // Run 7 saw 100 steps of 50 images: run 1 had seen as many after 50 steps.
    await expect(table.getByRole('row', { name: /Run 1/ })).toContainText('50')
    await expect(table.getByRole('row', { name: /Run 1/ })).toContainText('5,000')
    await card.getByText('Steps', { exact: true }).click()
    await expect(table.getByRole('row', { name: /Run 1/ })).toContainText('10,000')
    await expect(card).toContainText('One run of each: a difference may be the seed')
  })

  await test.step('all settings open, the networks are compared layer by layer, and the time', async () => {
    await page.getByRole('button', { name: /settings equal/ }).click()
    await expect(region(page, 'All settings of this run').getByRole('row', { name: /Early stopping/ })).toBeVisible()
    const pair = region(page, 'Two runs in all their differences')
    await expect(pair).toContainText('The networks have the same layers.')
    await expect(pair.getByRole('row', { name: /Run 7/ })).toContainText('0:50')
  })

  await test.step('in Russian as well', async () => {
    await choose(page, 'Language', 'Русский')
    const card = region(page, 'Честность сравнения')
    await expect(card).toContainText('Нечестное сравнение: отличаются сразу 2 настройки')
    await choose(page, 'Тема', 'Тёмная')
    await checkCard(page, 'compare-fair-ru-dark')
    await choose(page, 'Язык', 'English')
  })

  expect(complaints).toEqual([])
  await opened.close()
})
