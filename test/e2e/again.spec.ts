import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { lab, startLab, valueOf, type LabProcess } from './labProcess.ts'
import { importPictures, makePictures } from './ownImages.ts'
import { choose, dropdown, enter, openPage, picture, tabTo, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

const small = ['train', '--dataset', 'own-two-colours', '--offline', '--batch', '10', '--evaluate-every', '10']

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-again-'))
  pictures = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-pictures-'))
  await makePictures(path.join(pictures, 'Two colours'), ['red', 'blue'], 20)
  await importPictures(home, path.join(pictures, 'Two colours'))
})

test.afterAll(async () => {
  await shell?.end()
  await rm(home, { recursive: true, force: true })
  await rm(pictures, { recursive: true, force: true })
})

const stateOf = async (run: string) => (await valueOf<{ state: string }>(home, 'run', run)).state
const field = (page: Page, label: string) => page.getByRole('textbox', { name: new RegExp(`^${label}`) }).first()

const options = ['With these', 'The same', 'With several', 'Copy'] as const

/** Opens the menu to train again by keyboard and takes an option. */
async function again(page: Page, option: (typeof options)[number], name = 'Train again'): Promise<void> {
  await tabTo(page, page.getByRole('combobox', { name, exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox', { name, exact: true })).toBeVisible()
  await page.keyboard.press('Home')
  for (let place = 0; place < options.indexOf(option); place += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

test('a run is trained again, repeated with other seeds, and its settings are read, by keyboard', async () => {
  const trained = await lab(home, ...small, '--steps', '20', '--learning-rate', '0.003', '--seed', '4')
  expect(trained.code, trained.error).toBe(0)
  shell = await startLab(home)
  const opened = await openPage(shell)
  const { page, complaints } = opened
  await toPage(page, 'Train')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Run 1')

  await test.step('the form takes every setting, says what it replaced, and undo brings it back', async () => {
    const rate = await field(page, 'Learning rate').inputValue()
    await again(page, 'With these')
    await expect(page.getByText('The settings of Run 1 were taken.')).toBeVisible()
    await expect(field(page, 'Learning rate')).toHaveValue('0.003')
    await expect(field(page, 'Random seed')).toHaveValue('4')
    await expect(field(page, 'Steps')).toHaveValue('20')
    await tabTo(page, page.getByRole('button', { name: /^What it replaced/ }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('definition').filter({ hasText: '0.003 (was' })).toBeVisible()
    await checkPage(page, 'again-taken')
    await tabTo(page, page.getByRole('button', { name: 'Undo', exact: true }))
    await page.keyboard.press('Enter')
    await expect(field(page, 'Learning rate')).toHaveValue(rate)
  })

  await test.step('the same with another seed begins at once, and gives another curve', async () => {
    await again(page, 'The same')
    await expect(page.getByText(/Run 2 begins at once, seed 5|1 run added to the queue, seed 5/)).toBeVisible()
    await expect.poll(() => stateOf('2')).toBe('done')
    const [first, second] = await Promise.all(
      ['1', '2'].map((run) => valueOf<{ repeats: string; goal: number }>(home, 'run', run)),
    )
    expect([second.repeats, second.goal]).toEqual([first.repeats, 20])
  })

  await test.step('several seeds are put into the queue', async () => {
    await again(page, 'With several')
    const notes = page.getByRole('status').filter({ hasText: 'Repeats of Run 1' })
    await tabTo(page, notes.getByRole('textbox', { name: 'Number of seeds' }))
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await expect(notes.getByText('3 runs added to the queue, seeds 6, 7, 8.')).toBeVisible()
    await tabTo(page, page.getByRole('button', { name: 'Close', exact: true }))
    await page.keyboard.press('Enter')
    await expect.poll(() => stateOf('5')).toBe('done')
  })

  await test.step('the table of runs trains one again, and all that are ticked', async () => {
    await toPage(page, 'Compare')
    const table = page.getByRole('grid', { name: 'All runs' })
    await expect(table.getByRole('rowheader')).toHaveCount(5)
    await tabTo(page, table.locator('[data-place][tabindex="0"]'))
    await page.keyboard.press('End')
    await again(page, 'The same', 'Train again: Run 1')
    await expect(page.getByText(/^Run 6 begins at once, seed 9/)).toBeVisible()
    await expect(page.getByText('3 ticked')).toBeVisible()
    await tabTo(page, page.getByRole('button', { name: 'Train again', exact: true }))
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Each of the 3 ticked runs again/)).toBeVisible()
    await picture(page, 'again-ticked')
    await tabTo(page, page.getByRole('button', { name: 'Add 3 runs to the queue' }))
    await page.keyboard.press('Enter')
    await expect(page.getByText('3 runs were added to the queue.')).toBeVisible()
    await page.keyboard.press('Escape')
    await checkPage(page, 'again-in-table')
    await expect.poll(() => stateOf('9')).toBe('done')
  })

  await test.step('the settings are copied as a command line', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`${new URL(page.url()).origin}/#/train/1`)
    await again(page, 'Copy')
    const command = page.getByRole('status').locator('code')
    await expect(command).toHaveText(/^lab train --dataset own-two-colours .*--learning-rate 0.003/)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await command.textContent())
  })

  await test.step('every setting can be read', async () => {
    await tabTo(page, page.getByRole('button', { name: /^All settings of this run/ }))
    await page.keyboard.press('Enter')
    const table = page.getByRole('region', { name: 'Settings by name' })
    await expect(table.getByRole('row', { name: /^Learning rate 0.003/ })).toBeVisible()
    const stored = page.getByRole('region', { name: 'As they are stored' })
    await expect(stored.getByRole('row', { name: /^schedule.learningRate 0.003/ })).toBeVisible()
    await checkPage(page, 'again-settings')
  })

  await test.step('loaded again, the form says what it said, and a choice says what it replaces', async () => {
    await enter(page, 'Learning rate', '0.0042')
    await enter(page, 'Steps', '77')
    await choose(page, 'Horizontal axis', 'Epoch')
    await page.reload()
    await expect(field(page, 'Learning rate')).toHaveValue('0.0042')
    await expect(field(page, 'Steps')).toHaveValue('77')
    await expect(dropdown(page, 'Horizontal axis')).toContainText('Epoch')
    await choose(page, 'Network', 'Quick')
    const note = page.getByRole('status').filter({ hasText: 'This choice also replaced' })
    await expect(note.getByRole('definition').filter({ hasText: '(was 77)' })).toBeVisible()
    await checkPage(page, 'again-replaced')
    await note.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(field(page, 'Steps')).toHaveValue('77')
  })

  await test.step('in Russian and dark', async () => {
    await choose(page, 'Language', 'Русский')
    await choose(page, 'Тема', 'Тёмная')
    await expect(page.getByRole('button', { name: /^Все настройки этого запуска/ })).toBeVisible()
    await checkPage(page, 'again-ru-dark')
  })

  expect(complaints).toEqual([])
  await opened.close()
})

test('a queued run that was removed is put back into its place; the time of the queue is said', async () => {
  const { run } = await valueOf<{ run: number }>(home, ...small, '--steps', '20')
  // An address opens the window once.
  await shell?.end()
  shell = await startLab(home)
  const opened = await openPage(shell)
  const { page } = opened
  await page.goto(`${new URL(page.url()).origin}/#/train`)
  // Something long trains, so that the queue waits.
  const window = await lab(home, ...small, '--steps', '1000000', '--queue')
  expect(window.code, window.error).toBe(0)
  const queued = await lab(home, 'again', String(run), '--seeds', '3')
  expect(queued.code, queued.error).toBe(0)
  const queue = page.getByRole('region', { name: /^(?:Queue|Очередь)$/ })
  await expect(queue.getByRole('listitem')).toHaveCount(3)
  const names = async (): Promise<string[]> =>
    (await queue.getByRole('listitem').getByRole('link').allTextContents()).map((text) => /\d+/.exec(text)?.[0] ?? '')
  const before = await names()
  const left = queue.locator('.left')
  await expect(left).toHaveText(/\d:\d\d|not known|не известно/)
  await queue.getByRole('listitem').nth(1).getByRole('button').nth(2).press('Enter')
  await expect(queue.getByRole('listitem')).toHaveCount(2)
  const back = queue.getByRole('button', { name: /^(?:Put back|Вернуть)$/ })
  await back.press('Enter')
  await expect(queue.getByRole('listitem')).toHaveCount(3)
  const [one, , three] = before
  await expect.poll(names).toEqual([one, String(Number(three) + 1), three])

  // A run that is done joins them, stays as it is, and can be taken out and put back too.
  await page.goto(`${new URL(page.url()).origin}/#/train/${run}`)
  await page.getByRole('button', { name: /^(?:Continue after the others|Продолжить после остальных)$/ }).press('Enter')
  const continued = queue.getByRole('listitem').nth(3)
  await expect(continued).toContainText(/from step 20 to 40|с шага 20 до шага 40/)
  await expect(page.getByText(/^(?:Continues up to step 40 after|Продолжится до шага 40, когда)/)).toBeVisible()
  await checkPage(page, 'again-continued-later')
  await page.getByRole('button', { name: /^(?:Take out of the queue|Убрать из очереди)$/ }).press('Enter')
  await expect(continued).toBeHidden()
  await back.press('Enter')
  await expect(continued).toContainText('40')
  expect(await valueOf(home, 'run', String(run))).toMatchObject({ state: 'done', queuePosition: 4 })

  // What begins or queues a run is in sight without scrolling.
  for (const [width, height] of [
    [1280, 800],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height })
    const add = page.getByRole('button', { name: /^(?:Add to queue|Добавить в очередь|В очередь)$/ })
    await expect(add).toBeInViewport({ ratio: 1 })
  }
  // The page stays when another run begins, here or elsewhere, and leads to it.
  const heading = page.getByRole('heading', { level: 1 })
  const toTraining = page.getByRole('status').getByRole('link', { name: /^(?:Show|Показать)/ })
  await toTraining.click()
  await expect(toTraining).toBeHidden()
  const shown = await heading.textContent()
  await page.getByRole('button', { name: /^(?:Stop|Остановить)$/ }).click()
  await expect(toTraining).toBeVisible()
  await expect(heading).toHaveText(shown ?? '')
  await opened.close()
})
