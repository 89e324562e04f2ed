import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { homePlaces } from '../../main/files/places.ts'
import { History } from '../../main/history/history.ts'
import { addCheckpoint, engine, request } from '../main/history/testRun.ts'
import { checkPage } from './checkPage.ts'
import { startLab, valueOf, type LabProcess } from './labProcess.ts'
import { dropdown, goTo, openPage, picture, tabTo } from './windowActions.ts'

let home: string
let outside: string
let shell: LabProcess

/** So many that a fast computer too needs some seconds to write them for TensorBoard, and a person has time to cancel. */
const longSteps = 1_000_000
const storedAtOnce = 100_000

/** Stores a run of many steps, like run 3 in all else, as run 4. */
function makeLongRun(folder: string): void {
  const places = homePlaces(folder)
  const history = History.open(places)
  try {
    const { config, preset } = history.run(3)
    const { id } = history.createRun({ ...request, preset, config, goal: longSteps, evaluateEvery: longSteps }, 600)
    history.beginStretch(id, 0, engine)
    for (let stored = 0; stored < longSteps; stored += storedAtOnce) {
      const steps = Array.from({ length: storedAtOnce }, (_, index) => stored + index + 1)
      history.addSteps(
        id,
        stored + 1,
        steps.map((step) => 2 / step),
        steps.map((step) => step / longSteps),
        steps.map((step) => step / 100),
      )
    }
    addCheckpoint(places, history, id, longSteps)
    history.endRun(id, 'done', null)
  } finally {
    history.close()
  }
}

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-exports-'))
  outside = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-outside-'))
  await valueOf(home, 'example')
  makeLongRun(home)
  shell = await startLab(home)
})

test.afterAll(async () => {
  await shell.end()
  await rm(home, { recursive: true, force: true })
  await rm(outside, { recursive: true, force: true })
})

const opener = (page: Page) => page.getByRole('button', { name: /^(Export …|Экспорт…)$/ })
const folderField = (page: Page) =>
  page.getByRole('textbox', { name: /^(Folder, new or empty|Папка: новая или пустая)$/ })
const start = (page: Page) => page.getByRole('button', { name: 'Export', exact: true })

/** Chooses by keyboard in a dropdown: the option so many places below the first one. */
async function chooseBelowFirst(page: Page, label: string, below: number, option: string): Promise<void> {
  await tabTo(page, dropdown(page, label))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.press('Home')
  for (let at = 0; at < below; at += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dropdown(page, label)).toContainText(option)
}

/** Types a folder in place of what stands there, and asks for the export by Enter. */
async function exportInto(page: Page, folder: string): Promise<void> {
  await tabTo(page, folderField(page))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(folder)
  await page.keyboard.press('Enter')
}

/** Checks the page, and takes a picture in which the form is seen down to what it says last. */
async function checkForm(page: Page, name: string): Promise<void> {
  await checkPage(page, name)
  await opener(page).evaluate((button) => {
    button.scrollIntoView({ block: 'start' })
  })
  await picture(page, `${name}-form`)
}

/** The files of a folder with their bytes. */
async function filesOf(folder: string): Promise<Record<string, number>> {
  const names = await readdir(folder)
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size))
  return Object.fromEntries(names.map((name, at) => [name, sizes[at]]))
}

test('a run is exported by keyboard, from Train, Compare and Look inside, and what is refused or cancelled writes nothing', async () => {
  const opened = await openPage(shell, '#/train/3')
  const { page, complaints } = opened
  const network = path.join(outside, 'network')

  await test.step('a network from Train, into a folder of one’s own', async () => {
    await tabTo(page, opener(page))
    await page.keyboard.press('Enter')
    await expect(folderField(page)).toHaveValue(path.join(home, 'exports', 'run-3-step-1200-onnx'))
    await tabTo(page, start(page))
    await checkForm(page, 'export-form')
    await chooseBelowFirst(page, 'From', 1, '1,050')
    await expect(folderField(page)).toHaveValue(path.join(home, 'exports', 'run-3-step-1050-onnx'))
    await exportInto(page, network)
    await expect(page.getByText(/^Exported: /)).toBeVisible()
    await expect(page.getByText(network, { exact: true })).toBeVisible()
    expect(Object.keys(await filesOf(network)).sort()).toEqual(['README.md', 'model.onnx'])
    const card = await readFile(path.join(network, 'README.md'), 'utf8')
    expect(card).toContain('Example: a good rate')
    expect(card).toContain('at step 1050')
    expect(await readFile(path.join(network, 'model.onnx'), 'latin1')).toContain('probabilities')
    await checkForm(page, 'export-done')
  })

  await test.step('a folder with content, one below a file, and a path that leads nowhere are refused', async () => {
    const before = await filesOf(network)
    await tabTo(page, folderField(page))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText(
      `${network} is there already and is not an empty folder, so nothing was written.`,
    )
    await expect(page.getByText(/^Exported: /)).toBeHidden()
    await checkForm(page, 'export-refused')

    const note = path.join(outside, 'note.txt')
    await writeFile(note, 'a note')
    await exportInto(page, path.join(note, 'network'))
    await expect(page.getByRole('alert')).toContainText('could not be written')
    await exportInto(page, 'network')
    await expect(page.getByRole('alert')).toContainText('network')
    await expect(page.getByRole('alert')).not.toContainText('could not be written')

    expect(await filesOf(network)).toEqual(before)
    expect((await readdir(outside)).sort()).toEqual(['network', 'note.txt'])
    expect(await readFile(note, 'utf8')).toBe('a note')
    expect(await readdir(home)).not.toContain('exports')
  })

  await test.step('what was measured, from Compare by the one ticked run', async () => {
    await goTo(page, '#/compare')
    // The two newest runs are ticked at first; the row of the newest is the first one.
    await tabTo(page, page.getByRole('grid', { name: 'All runs' }).locator('[data-place="0"]'))
    await page.keyboard.press('Space')
    await expect(page.getByRole('toolbar', { name: '1 ticked' })).toBeVisible()
    await tabTo(page, page.getByRole('link', { name: 'Export …' }))
    await page.keyboard.press('Enter')
    await expect(page).toHaveTitle(/Train/)
    await expect(dropdown(page, 'Format')).toBeFocused()
    await chooseBelowFirst(page, 'Format', 5, 'CSV table')
    const table = path.join(home, 'exports', 'run-3-step-1200-csv')
    await expect(folderField(page)).toHaveValue(table)
    await tabTo(page, start(page))
    await page.keyboard.press('Enter')
    await expect(page.getByText(table, { exact: true })).toBeVisible()
    await expect(start(page)).toBeFocused()
    expect(Object.keys(await filesOf(table)).sort()).toEqual(['README.md', 'metrics.csv'])
    const lines = (await readFile(path.join(table, 'metrics.csv'), 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(1 + 1200)
  })

  await test.step('the checkpoint that Look inside shows', async () => {
    await goTo(page, '#/look/3')
    const scrubber = page.getByRole('slider', { name: 'Checkpoint', exact: true })
    await tabTo(page, scrubber)
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await expect(scrubber).toHaveAttribute('aria-valuetext', /^step 1,050 · /)
    await checkPage(page, 'look-with-export')
    await tabTo(page, page.getByRole('link', { name: 'Export …' }))
    await page.keyboard.press('Enter')
    await expect(page).toHaveTitle(/Train/)
    await expect(dropdown(page, 'Format')).toBeFocused()
    await expect(dropdown(page, 'From')).toContainText('1,050')
    await expect(folderField(page)).toHaveValue(path.join(home, 'exports', 'run-3-step-1050-onnx'))
  })

  await test.step('what takes long says how far it is, and is cancelled', async () => {
    await goTo(page, '#/train/4/export')
    await expect(dropdown(page, 'Format')).toBeFocused()
    await chooseBelowFirst(page, 'Format', 4, 'TensorBoard')
    await tabTo(page, start(page))
    await page.keyboard.press('Enter')
    const words = page.getByText(/^Step [\d,]+ of 1,000,000 · .+ left$/)
    await expect(words).toBeVisible()
    expect((await readdir(path.join(home, 'exports'))).filter((name) => name.startsWith('.writing-'))).toHaveLength(1)
    await tabTo(page, page.getByRole('button', { name: 'Cancel' }))
    await page.keyboard.press('Enter')
    await expect(words).toBeHidden()
    await expect(start(page)).toBeFocused()
    await expect(page.getByText(/^Exported: /)).toBeHidden()
    await expect.poll(() => readdir(path.join(home, 'exports'))).toEqual(['run-3-step-1200-csv'])
  })

  await test.step('in Russian and dark', async () => {
    await goTo(page, '#/settings')
    await page.getByRole('radio', { name: 'Dark' }).press('Space')
    await page.getByRole('radio', { name: 'Русский' }).press('Space')
    await goTo(page, '#/train/3/export')
    await exportInto(page, network)
    await expect(page.getByRole('alert')).toContainText('Выберите новую или пустую папку')
    await checkForm(page, 'export-refused-ru-dark')
    await exportInto(page, path.join(outside, 'сеть'))
    await expect(page.getByText(/^Экспорт готов: /)).toBeVisible()
    expect(Object.keys(await filesOf(path.join(outside, 'сеть'))).sort()).toEqual(['README.md', 'model.onnx'])
    await checkForm(page, 'export-done-ru-dark')
  })

  expect(complaints).toEqual([])
  await opened.close()
})
