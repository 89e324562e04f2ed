import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { lab, startLab, type LabProcess } from './labProcess.ts'
import { importPictures, makePatterns, makePictures } from './ownImages.ts'
import { choose, goTo, inRussianAndDark, openPage, picture, pill, tabTo, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-errors-'))
  pictures = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-pictures-'))
  await makePictures(path.join(pictures, 'Three colours'), ['red', 'green', 'blue'], 20)
  await makePatterns(path.join(pictures, 'Patterns'), 369, 4, 28)
})

test.afterAll(async () => {
  await shell?.kill().catch((thrown: unknown) => {
    // It has ended already where the test went through.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown
  })
  await rm(home, { recursive: true, force: true })
  await rm(pictures, { recursive: true, force: true })
})

/** Imports a folder as a set and trains on it for some steps. */
async function trained(name: string, ...settings: readonly string[]): Promise<void> {
  const set = await importPictures(home, path.join(pictures, name))
  expect((await lab(home, 'train', '--dataset', set, '--batch', '10', ...settings)).code).toBe(0)
}

/** Opens the errors of a run. */
async function errorsOf(page: Page, run: number): Promise<void> {
  await goTo(page, `#/errors/${run}`)
  await expect(page.getByRole('grid')).toBeVisible()
}

test('a student sees by keyboard alone what a network gets wrong, while a run trains', async () => {
  await trained('Three colours', '--steps', '10', '--evaluate-every', '5')
  await trained('Patterns', '--steps', '3', '--evaluate-every', '3', '--preset', 'quick')

  shell = await startLab(home)
  const opened = await openPage(shell)
  const { page, complaints } = opened

  await test.step('another run trains all the while', async () => {
    await toPage(page, 'Data')
    await choose(page, 'Data set', 'Three colours')
    await toPage(page, 'Train')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(pill(page, /Training/)).toBeVisible()
  })

  await test.step('the page opens with the accuracy, and explains a figure', async () => {
    await tabTo(page, page.getByRole('navigation').getByRole('link', { name: /^Errors/ }))
    await page.keyboard.press('Enter')
    await errorsOf(page, 1)
    await expect(page.getByText(/accuracy: \d+ of 15 test images are answered rightly/)).toBeVisible()
    await tabTo(page, page.getByRole('button', { name: /^Macro F1/ }))
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^F1 of a class is high only if/)).toBeVisible()
    await page.keyboard.press('Enter')
  })

  const matrix = page.getByRole('grid')
  await test.step('a cell of the matrix and its images', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'Confusion', exact: true }))
    await tabTo(page, matrix)
    await expect(matrix.getByRole('gridcell')).toHaveText(/^“blue” answered rightly: /)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await expect(matrix.getByRole('gridcell')).toHaveText(/^“green” answered rightly: /)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: /^“green” answered rightly: / })).toBeVisible()
  })

  await test.step('the matrix is saved', async () => {
    const save = page.getByRole('button', { name: 'Save the matrix' })
    await tabTo(page, save.or(page.getByRole('combobox', { name: 'Save the matrix' })))
    await page.keyboard.press('Enter')
    const download = page.waitForEvent('download')
    await expect(page.locator('[data-highlighted]')).toHaveText(/Table as CSV/)
    await page.keyboard.press('Enter')
    const file = await (await download).path()
    expect(await readFile(file, 'utf8')).toMatch(/^true,blue,green,red\nblue,\d+,\d+,\d+\n/)
  })

  await test.step('an image of a class leads to Look inside, and the way back', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'Confusion', exact: true }))
    await page.keyboard.press('ArrowRight')
    await tabTo(page, page.getByRole('table').getByRole('button', { name: 'green' }))
    await page.keyboard.press('Enter')
    const images = page.getByRole('listbox', { name: 'Test images of “green”' })
    await expect(images.getByRole('option')).toHaveCount(5)
    await tabTo(page, images)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Look inside Run 1' })).toBeVisible()
    await expect(page.getByText('True: green')).toBeVisible()
    await tabTo(page, page.getByRole('main').getByRole('link', { name: 'Errors' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('table')).toBeVisible()
  })

  await test.step('how sure it is, and what a threshold of certainty would do', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'Classes', exact: true }))
    await page.keyboard.press('ArrowRight')
    await expect(page.getByText(/^Wrong answers, the surest first/)).toBeVisible()
    await page.keyboard.press('ArrowRight')
    const curve = page.getByRole('slider', { name: 'Calibration' })
    await tabTo(page, curve)
    await page.keyboard.press('ArrowLeft')
    await expect(curve).toHaveAttribute('aria-valuetext', /^Probability from 93\s% to 100\s%/)
    const threshold = page.getByRole('slider', { name: /^Answers count/ })
    await tabTo(page, threshold)
    await page.keyboard.press('Home')
    await expect(page.getByText(/at least 0\s% count, the network answers 100.0\s% of the images/)).toBeVisible()
  })

  await test.step('the test images in a plane: a point, a class and a line around points', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'Certainty', exact: true }))
    await page.keyboard.press('ArrowRight')
    const plane = page.getByRole('listbox', { name: 'Test images in a plane' })
    await expect(page.getByText(/^output of relu_4, 128 values · x has .* · 15 of 15 test images$/)).toBeVisible()
    await tabTo(page, plane)
    const before = await plane.getByRole('option').textContent()
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key)
    await page.keyboard.press('ArrowRight')
    await expect(plane.getByRole('option')).toHaveText(/^Test image \d+: “(red|green|blue)”, answered/)
    expect(before).toMatch(/^\s*Test image 0:/)
    await page.keyboard.press('Space')
    await expect(plane.getByRole('option', { selected: true })).toHaveCount(1)
    const chosen = page.getByRole('listbox', { name: 'Chosen images' })
    await expect(chosen.getByRole('option')).toHaveCount(1)

    await tabTo(page, page.getByRole('radio', { name: 'Chosen · 1', exact: true }))
    await page.keyboard.press('ArrowLeft')
    await tabTo(page, page.getByRole('listbox', { name: 'Classes' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Choose their images' }))
    await page.keyboard.press('Enter')
    await expect(chosen.getByRole('option')).toHaveCount(5)

    await tabTo(page, page.getByRole('radio', { name: 'PCA', exact: true }))
    await page.keyboard.press('ArrowRight')
    await expect(page.getByText(/UMAP, 14 neighbours, seed 1/)).toBeVisible()
    const box = await plane.boundingBox()
    if (box === null) throw new Error('the plane is not in view')
    const corners = [
      [2, 2],
      [box.width - 2, 2],
      [box.width - 2, box.height - 2],
      [2, box.height - 2],
    ]
    await page.mouse.move(box.x + 2, box.y + 2)
    await page.mouse.down()
    for (const [x, y] of corners) await page.mouse.move(box.x + x, box.y + y)
    await page.mouse.up()
    await expect(page.getByRole('radio', { name: 'Chosen · 15', exact: true })).toBeVisible()

    const save = page.getByRole('button', { name: 'Save the plane' })
    await tabTo(page, save.or(page.getByRole('combobox', { name: 'Save the plane' })))
    await page.keyboard.press('Enter')
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    expect(await readFile(await (await download).path(), 'utf8')).toMatch(
      /^image,true,predicted,right,confidence,x,y\n0,/,
    )
  })

  await test.step('beside the first checkpoint of the run', async () => {
    const beside = { name: 'Beside …', exact: true } as const
    await tabTo(page, page.getByRole('button', beside).or(page.getByRole('combobox', beside)))
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-highlighted]')).toHaveText(/Another checkpoint of this run/)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^McNemar's test/)).toBeVisible()
    await expect(page.getByRole('grid', { name: /^Run 1, step \d+, less Run 1, step \d+/ })).toBeVisible()
    await picture(page, 'errors-beside')
    await page.getByRole('radio', { name: 'Embedding', exact: true }).check({ force: true })
    const planes = page.getByRole('listbox', { name: /^Test images in a plane: Run 1, step / })
    await expect(planes).toHaveCount(2)
    await expect(planes.nth(1).getByRole('option', { selected: true })).toHaveCount(1)
  })

  await test.step('every tab, in both languages and themes', async () => {
    const tabs = {
      en: ['Confusion', 'Classes', 'Images', 'Certainty', 'Embedding', 'Side by side'],
      ru: ['Матрица ошибок', 'Классы', 'Изображения', 'Уверенность', 'Эмбеддинги', 'Сравнение двух'],
    }
    const checkTabs = async (names: readonly string[], name: string): Promise<void> => {
      for (const [index, tab] of names.entries()) {
        await page.getByRole('radio', { name: tab, exact: true }).check({ force: true })
        await checkPage(page, `errors-${index}-${name}`)
      }
    }
    await checkTabs(tabs.en, 'en-light')
    await inRussianAndDark(page, () => checkTabs(tabs.ru, 'ru-dark'))
  })

  await test.step('369 classes: the whole matrix, and a block of it', async () => {
    await errorsOf(page, 2)
    await page.getByRole('radio', { name: 'Confusion', exact: true }).check({ force: true })
    await expect(matrix).toHaveAttribute('aria-rowcount', '369')
    await checkPage(page, 'errors-many')
    await tabTo(page, matrix)
    await page.keyboard.press('PageDown')
    await expect(matrix.getByRole('gridcell')).toHaveText(/^“pattern 368”/)
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('+')
    await checkPage(page, 'errors-many-block')
    await page.keyboard.press('Escape')
    await page.getByRole('radio', { name: 'Classes', exact: true }).check({ force: true })
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(371)
    await picture(page, 'errors-many-classes')
    await page.getByRole('radio', { name: 'Embedding', exact: true }).check({ force: true })
    await page.getByRole('searchbox', { name: 'Find a class' }).fill('pattern 36')
    await page.getByRole('option', { name: /^pattern 367:/ }).click()
    await checkPage(page, 'errors-many-embedding')
  })

  await test.step('the run that trains has errors as well', async () => {
    await page.getByRole('radio', { name: 'Confusion', exact: true }).check({ force: true })
    await errorsOf(page, 3)
    await expect(page.getByRole('heading', { name: 'Errors of Run 3' })).toBeVisible()
    await expect(page.getByText(/test images are answered rightly/)).toBeVisible()
  })

  await test.step('and how healthy it is, under its curves, in both languages and themes', async () => {
    await tabTo(page, page.getByRole('navigation').getByRole('link', { name: /^Train/ }))
    await page.keyboard.press('Enter')
    await goTo(page, '#/train/3')
    await tabTo(page, page.getByRole('button', { name: /^Health/ }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('table', { name: /^All layers at step/ })).toBeVisible()
    const layer = page.getByRole('table', { name: /^All layers at step/ }).getByRole('button', { name: 'relu_1' })
    await tabTo(page, layer)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('img', { name: /^Activations of relu_1/ })).toBeVisible()
    await checkPage(page, 'errors-health-en-light')
    await inRussianAndDark(page, () => checkPage(page, 'errors-health-ru-dark'))
  })

  expect(complaints).toEqual([])
  await opened.close()
  await shell.end()
})
