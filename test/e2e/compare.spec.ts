import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { lab, startLab, type LabProcess } from './labProcess.ts'
import { importPictures, makePatterns } from './ownImages.ts'
import { makeRepeatedRuns } from './repeatedRuns.ts'
import { choose, goTo, openPage, picture, tabTo } from './windowActions.ts'

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
  await goTo(page, '#/compare')
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
    const table = card.getByRole('table', { name: 'After equal training' })
    // Run 7 saw 100 steps of 50 images: run 1 had seen as many after 50 steps.
    await expect(table.getByRole('row', { name: /Run 1/ })).toContainText('50')
    await expect(table.getByRole('row', { name: /Run 1/ })).toContainText('5,000')
    await card.getByText('Steps', { exact: true }).click()
    await expect(table.getByRole('row', { name: /Run 1/ })).toContainText('10,000')
    await expect(card).toContainText('One run of each: a difference may be the seed')
  })

  await test.step('all settings open, the networks are compared layer by layer, and the time', async () => {
    await page.getByRole('button', { name: /settings equal/ }).click()
    await expect(
      region(page, 'All settings of the compared runs').getByRole('row', { name: /Early stopping/ }),
    ).toBeVisible()
    const pair = region(page, 'Two runs in all their differences')
    await expect(pair).toContainText('The networks have the same layers.')
    await expect(pair.getByRole('row', { name: /Run 7/ })).toContainText('0:50')
  })

  await test.step('their curves are subtracted at the steps that both have', async () => {
    await page.getByRole('button', { name: /^Curves and their difference/ }).click()
    const card = region(page, 'Test accuracy, percentage points: Run 7, less Run 1')
    const asTable = card.getByRole('button', { name: 'As a table' })
    await tabTo(page, asTable)
    await page.keyboard.press('Enter')
    // Run 1 was measured at 150 and 200 too: run 7 was not.
    await expect(card.getByRole('row')).toHaveCount(3)
    await expect(card.getByRole('row', { name: /^50 / })).toContainText('+1.00 pp')
    await expect(card.getByRole('row', { name: /^100 / })).toContainText('+1.00 pp')
    await page.keyboard.press('Enter')
    await picture(page, 'compare-difference')
    await choose(page, 'Curve of the difference', 'Training loss')
    await expect(region(page, 'Training loss: Run 7, less Run 1').getByRole('application')).toBeVisible()
    await expect(region(page, 'Training loss of both')).toBeVisible()
    await picture(page, 'compare-difference-loss')
    await choose(page, 'Curve of the difference', 'Test accuracy')
  })

  await test.step('runs without checkpoints have no answers to compare, and it is said', async () => {
    await page.getByRole('button', { name: /^Their answers, image by image/ }).click()
    await expect(page.getByText('Run 1 has no checkpoint, so it has no answers to compare.')).toBeVisible()
  })

  await test.step('in Russian as well', async () => {
    await choose(page, 'Language', 'Русский')
    await expect(region(page, 'Точность на тестовой выборке, процентные пункты: Запуск 7 минус Запуск 1')).toBeVisible()
    const card = region(page, 'Честность сравнения')
    await expect(card).toContainText('Нечестное сравнение: отличаются сразу 2 настройки')
    await choose(page, 'Тема', 'Тёмная')
    await checkCard(page, 'compare-fair-ru-dark')
    await choose(page, 'Язык', 'English')
  })

  expect(complaints).toEqual([])
  await opened.close()
})

test('what two runs answer is compared image by image, once it is asked for', async () => {
  const own = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-compare-answers-'))
  const pictures = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-pictures-'))
  await makePatterns(path.join(pictures, 'Patterns'), 6, 20, 28)
  const set = await importPictures(own, path.join(pictures, 'Patterns'))
  const settings = ['--dataset', set, '--preset', 'quick', '--batch', '10', '--evaluate-every', '1']
  for (const steps of ['1', '40']) expect((await lab(own, 'train', ...settings, '--steps', steps)).code).toBe(0)
  const started = await startLab(own)
  const opened = await openPage(started)
  const { page, complaints } = opened

  await goTo(page, '#/compare')
  const answers = page.getByRole('button', { name: /^Their answers, image by image/ })
  await expect(answers).toHaveAttribute('aria-expanded', 'false')
  await expect(page.getByText(/^McNemar's test/)).toHaveCount(0)
  await tabTo(page, answers)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^McNemar's test/)).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Run 2, step 40, less Run 1, step 1' })).toBeVisible()
  await page.getByRole('radio', { name: /^Only 2 right · [1-9]/ }).check({ force: true })
  await expect(
    page.getByRole('listbox', { name: 'Only Run 2, step 40 right' }).getByRole('option').first(),
  ).toHaveAccessibleName(/^True class:? /)
  await page.getByRole('button', { name: /^Curves and their difference/ }).click()
  await expect(page.getByRole('application', { name: /^Chart: Test accuracy of both/ })).toBeVisible()
  await checkPage(page, 'compare-answers')
  // The page scrolls, and not the window with its rail.
  expect(await page.locator('html').evaluate((html) => html.scrollHeight <= html.clientHeight)).toBe(true)
  await page.getByText(/^McNemar's test/).evaluate((line) => line.scrollIntoView({ block: 'center' }))
  await picture(page, 'compare-answers-scrolled')
  await choose(page, 'Language', 'Русский')
  await choose(page, 'Тема', 'Тёмная')
  await checkPage(page, 'compare-answers-ru-dark')
  const matrix = page.getByRole('grid', { name: 'Запуск 2, шаг 40 минус Запуск 1, шаг 1' })
  await matrix.evaluate((grid) => grid.scrollIntoView({ block: 'center' }))
  await picture(page, 'compare-answers-ru-dark-scrolled')

  expect(complaints).toEqual([])
  await opened.close()
  await started.end()
  await rm(own, { recursive: true, force: true })
  await rm(pictures, { recursive: true, force: true })
})
