import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { startLab, type LabProcess } from './labProcess.ts'
import { importPictures, makePictures } from './ownImages.ts'
import { choose, enter, openPage, tabTo, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-network-'))
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

/** The row of a layer. */
const row = (page: Page, name: string) => page.getByRole('grid').getByRole('row', { name: new RegExp(`^${name} `) })

/** The names of the layers, in their order. */
async function layersOf(page: Page): Promise<string[]> {
  const names = await page.getByRole('grid').locator('[data-place] strong').allTextContents()
  return names.map((name) => name.trim())
}

/** Opens the menu of this name by keyboard and takes an option by its first letters. */
async function pickByKeyboard(page: Page, menu: string, letters: string): Promise<void> {
  await tabTo(page, page.getByLabel(menu, { exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox', { name: menu })).toBeVisible()
  await page.keyboard.type(letters)
  await page.keyboard.press('Enter')
}

/** Puts a layer in after the selected one by keyboard, and goes back to the table. */
async function insertByKeyboard(page: Page, kind: string): Promise<void> {
  await page.keyboard.press('Insert')
  await tabTo(page, page.getByRole('button', { name: kind, exact: true }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
}

/** Sets the first settings of the selected layer by keyboard, and goes back to the table. */
async function setByKeyboard(page: Page, ...values: readonly string[]): Promise<void> {
  await page.keyboard.press('Enter')
  for (const value of values) {
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(value)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Escape')
}

/** Chooses a setting of the selected layer by keyboard by the first letters of the option. */
async function chooseByKeyboard(page: Page, setting: string, letters: string): Promise<void> {
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByLabel(new RegExp(`^${setting}: `)))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox', { name: setting })).toBeVisible()
  await page.keyboard.type(letters)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
}

test('a student builds two networks, trains one, and loses nothing', async () => {
  await importPictures(home, path.join(pictures, 'Three colours'))
  shell = await startLab(home)
  let opened = await openPage(shell)
  let { page } = opened
  const total = (count: string) => page.getByRole('definition').filter({ hasText: new RegExp(`^${count}$`) })

  await test.step('the Lab network of the lab from an empty page, by pointer', async () => {
    await toPage(page, 'Data')
    await choose(page, 'Data set', 'Three colours')
    await toPage(page, 'Network')
    await page.getByLabel('Begin with', { exact: true }).click()
    await page.getByRole('option', { name: 'An empty page' }).click()
    await expect(page.getByText('No layers yet.')).toBeVisible()
    const first = ['Convolution', 'Batch norm', 'Activation', 'Max pool', 'Convolution', 'Activation', 'Max pool']
    for (const kind of [...first, 'Flatten', 'Dense'])
      await page.getByRole('button', { name: kind, exact: true }).click()
    await enter(page, 'Units', '256')
    for (const kind of ['Activation', 'Dense', 'Activation', 'Classes'])
      await page.getByRole('button', { name: kind, exact: true }).click()
    // 731,722 for ten classes; three classes take 128 x 3 + 3 in the place of 128 x 10 + 10.
    await expect(total('730,819')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Train it' })).toHaveAttribute('aria-disabled', 'false')
  })

  await test.step('a layer is dragged to another place, and the drag undone', async () => {
    const before = await layersOf(page)
    await row(page, 'norm_1').locator('.grip').hover()
    await page.mouse.down()
    await row(page, 'pool_1').hover({ position: { x: 60, y: 30 } })
    await page.mouse.up()
    expect((await layersOf(page)).slice(0, 4)).toEqual(['conv_1', 'relu_1', 'pool_1', 'norm_1'])
    await page.keyboard.press('ControlOrMeta+Z')
    expect(await layersOf(page)).toEqual(before)
  })

  await test.step('what does not fit is named where it stands, and mended by one press', async () => {
    await row(page, 'flatten').click()
    await page.keyboard.press('Delete')
    await expect(page.getByText(/layer fc_1 needs a flat vector, but a map of \d+ x \d+ x 64 comes in/)).toBeVisible()
    await expect(total('730,819')).toBeHidden()
    await checkPage(page, 'network-broken')
    await page.getByRole('button', { name: 'Put a flatten layer before fc_1' }).click()
    await expect(total('730,819')).toBeVisible()
  })

  await test.step('LeNet-5 from an empty page, by keyboard alone', async () => {
    await pickByKeyboard(page, 'Begin with', 'An empty')
    await expect(page.getByText('No layers yet.')).toBeVisible()
    await tabTo(page, row(page, 'input'))
    await insertByKeyboard(page, 'Convolution')
    await setByKeyboard(page, '6')
    await insertByKeyboard(page, 'Activation')
    await chooseByKeyboard(page, 'Function', 'tanh')
    await insertByKeyboard(page, 'Average pool')
    await insertByKeyboard(page, 'Convolution')
    await setByKeyboard(page, '16', '5')
    await chooseByKeyboard(page, 'Padding', 'valid')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    // The tanh is copied, and goes down to where it belongs.
    await page.keyboard.press('ControlOrMeta+D')
    await page.keyboard.press('Alt+ArrowDown')
    await page.keyboard.press('Alt+ArrowDown')
    await insertByKeyboard(page, 'Average pool')
    await insertByKeyboard(page, 'Flatten')
    for (const units of ['120', '84']) {
      await insertByKeyboard(page, 'Dense')
      await setByKeyboard(page, units)
    }
    await insertByKeyboard(page, 'Classes')
    expect(await layersOf(page)).toEqual([
      'conv_1',
      'tanh_1',
      'pool_1',
      'conv_2',
      'tanh_2',
      'pool_2',
      'flatten',
      'fc_1',
      'fc_2',
      'classes',
    ])
    // 5x5x3x6 + 6, 5x5x6x16 + 16, 256 x 120 + 120, 120 x 84 + 84, 84 x 3 + 3 at 24 pixels and three classes.
    await expect(total('44,131')).toBeVisible()
  })

  await test.step('it is saved under a name and trains', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }))
    await page.keyboard.press('Enter')
    await enter(page, 'Name of the network', 'LeNet-5')
    await enter(page, 'Note', 'LeCun et al. 1998')
    await page.getByRole('region', { name: 'Save the network' }).getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Saved as LeNet-5, version 1')).toBeVisible()
    await checkPage(page, 'network-save')
    await page.getByRole('button', { name: 'Train it' }).click()
    await expect(page.getByLabel('Network: LeNet-5')).toBeVisible()
    await enter(page, 'Batch', '10')
    await enter(page, 'Steps', '5')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(page.getByRole('heading', { name: /Run 1 · Three colours · LeNet-5/ })).toBeVisible()
    await expect(page.getByRole('main').getByText('Done', { exact: true }).first()).toBeVisible()
  })

  await test.step('a window that closes in the middle of an edit loses nothing', async () => {
    await toPage(page, 'Network')
    await row(page, 'conv_1').click()
    await expect(page.getByRole('img', { name: /^450 weights, mean / })).toBeVisible()
    await page.getByRole('textbox', { name: 'Kernels' }).fill('12')
    await expect(page.getByRole('region', { name: 'What changed' })).toContainText('Kernels 6 → 12')
    await opened.close()
    await shell?.end()
    shell = await startLab(home)
    opened = await openPage(shell)
    page = opened.page
    await toPage(page, 'Network')
    await expect(page.getByRole('heading', { name: 'LeNet-5, edited' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Kernels' })).toHaveValue('12')
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect(page.getByRole('textbox', { name: 'Kernels' })).toHaveValue('6')
  })

  await test.step('the time of a step is measured, with the share of each layer', async () => {
    await page.getByRole('button', { name: 'Measure a step' }).click()
    await expect(page.getByText('a thousand steps here, measured')).toBeVisible()
    await expect(page.getByRole('columnheader', { name: 'Time' })).toBeVisible()
    await checkPage(page, 'network-measured')
  })

  await test.step('both languages and themes', async () => {
    await page.getByLabel('Begin with', { exact: true }).click()
    await page.getByRole('option', { name: 'Deep network' }).click()
    await choose(page, 'Theme', 'Dark')
    await checkPage(page, 'network-deep-en-dark')
    await choose(page, 'Language', 'Русский')
    await checkPage(page, 'network-deep-ru-dark')
    await choose(page, 'Тема', 'Светлая')
    await checkPage(page, 'network-deep-ru-light')
    expect(opened.complaints).toEqual([])
  })
  await opened.close()
})
