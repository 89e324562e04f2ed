import { expect, test, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { catalogue } from '../../main/datasets/sets/catalogue.ts'
import { madeZip } from '../main/datasets/archives/madeArchives.ts'
import { checkPage } from './checkPage.ts'
import { startLab, type LabProcess } from './labProcess.ts'
import { makePictures } from './ownImages.ts'
import { choose, dropdown, enter, openPage, picture, pill, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-data-'))
  pictures = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-pictures-'))
  await makePictures(path.join(pictures, 'Два цвета'), ['red', 'blue'], 12)
  await makePictures(path.join(pictures, 'Three colours'), ['red', 'green', 'blue'], 20)
  await makePictures(path.join(pictures, 'Doubtful'), ['red', 'blue'], 6)
  const rows = ['red', 'blue'].flatMap((name) =>
    Array.from({ length: 6 }, (_, number) => `${name}/${name} ${number}.png,${number < 3 ? 'light' : 'dark'}`),
  )
  await writeFile(path.join(pictures, 'Doubtful', 'labels.csv'), ['file,label', ...rows].join('\n'))
  const unreadable = ['cat', 'dog'].flatMap((name) =>
    Array.from({ length: 4 }, (_, number) => ({ name: `${name}/${number}.png`, bytes: Buffer.from('no picture') })),
  )
  await writeFile(path.join(pictures, 'unreadable.zip'), madeZip(unreadable))
  await makePictures(path.join(pictures, 'With a broken one'), ['red', 'blue'], 8)
  await writeFile(path.join(pictures, 'With a broken one', 'red', 'red broken.png'), 'no picture')
})

test.afterAll(async () => {
  await shell?.kill().catch((thrown: unknown) => {
    // It has ended already where the test went through.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown
  })
  await rm(home, { recursive: true, force: true })
  await rm(pictures, { recursive: true, force: true })
})

/** Drops a folder of this computer on the window, as the system does. */
async function dropFolder(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 500, data })
  await session.detach()
}

const images = (page: Page, set: string) =>
  page.getByRole('listbox', { name: `Images of ${set}` }).getByRole('option', { name: /, image / })

/** Looks at what is on the page in both themes and at two sizes: nothing scrolls sideways, and axe finds no barrier. */
async function checkView(page: Page, name: string): Promise<void> {
  for (const theme of ['Dark', 'Light']) {
    await choose(page, 'Theme', theme)
    await checkPage(page, `data-${name}-${theme.toLowerCase()}`)
  }
  await page.setViewportSize({ width: 1440, height: 960 })
}

test('a student brings images of her own by path and by drop, looks at them, narrows them to two classes, and trains', async () => {
  shell = await startLab(home, { person: pictures })
  const opened = await openPage(shell)
  const { page } = opened
  await toPage(page, 'Data')

  await test.step('the list has every set, with its size and where it stands', async () => {
    await dropdown(page, 'Data set').click()
    for (const [name, note] of [
      ['CIFAR-10', /not downloaded, /],
      ['Cityscapes', /needs your own copy/],
      ['HASYv2', /not downloaded/],
      ['Your own images', /a folder/],
    ] as const) {
      await expect(page.getByRole('option', { name }).filter({ hasText: note }).first()).toBeVisible()
    }
    await expect(page.getByRole('option')).toHaveCount(catalogue.length)
    // The letters of a name lead to it.
    await page.keyboard.type('cityscapes')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Cityscapes', exact: true })).toBeVisible()
    await expect(page.getByText(/Register and agree to the licence/)).toBeVisible()
    await checkView(page, 'copy')
  })

  const plan = page.getByRole('region', { name: 'How it was read' })

  await test.step('a folder without images is refused in a sentence where its path was typed, and nothing is there then', async () => {
    await choose(page, 'Data set', 'Your own images')
    await page.getByRole('textbox', { name: /^Path of the archive/ }).fill(home)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('alert').filter({ hasText: /images?/ })).toBeVisible()
    await expect(page.getByRole('textbox', { name: /^Path of the archive/ })).toHaveValue(home)
    await checkView(page, 'own-refused')
  })

  await test.step('an import that fails leaves its reason and no set, until the next one begins', async () => {
    const place = page.getByRole('textbox', { name: /^Path of the archive/ })
    // Pictures in an archive are told by their names at first; that they cannot be read comes out when they are taken.
    await place.fill('~/unreadable.zip')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('alert')).toBeHidden()
    await page.getByRole('button', { name: 'Take these images' }).click()
    const reason = page.getByRole('alert').filter({ hasText: /None of the images of unreadable can be read/ })
    await expect(reason).toBeVisible()
    await expect(place).toHaveValue('~/unreadable.zip')
    await checkView(page, 'import-failed')
    await dropdown(page, 'Data set').click()
    await expect(page.getByRole('option')).toHaveCount(catalogue.length)
    await page.keyboard.press('Escape')
    // It is still there after the window was closed, and goes when the next try begins.
    await page.reload()
    await expect(reason).toBeVisible()
    await choose(page, 'Data set', 'Your own images')
    await place.fill('~/Два цвета')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(plan.getByRole('heading', { name: /^24 images in 2 classes; / })).toBeVisible()
    await expect(reason).toBeHidden()
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('images that cannot be read are told where the others are looked at', async () => {
    await page.getByRole('textbox', { name: /^Path of the archive/ }).fill('~/With a broken one')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Take these images' }).click()
    await expect(page.getByRole('heading', { name: 'With a broken one', exact: true })).toBeVisible()
    await expect(page.getByText('16 colour pictures · 2 classes')).toBeVisible()
    await page
      .getByRole('alert')
      .filter({ hasText: '1 image could not be read and was left out.' })
      .getByRole('button', { name: 'Details' })
      .click()
    await expect(page.getByText(/red broken\.png/)).toBeVisible()
    await choose(page, 'Data set', 'Your own images')
  })

  await test.step('images at a path are shown as they are read, and taken when she says so', async () => {
    await page.getByRole('textbox', { name: /^Path of the archive/ }).fill(path.join(pictures, 'Два цвета'))
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(plan.getByRole('heading', { name: /^24 images in 2 classes; / })).toBeFocused()
    await expect(page.getByText('Nothing has been imported yet.')).toBeVisible()
    await expect(plan.getByRole('list', { name: 'First images' }).getByRole('listitem')).toHaveCount(9)
    await expect(plan.getByRole('row', { name: /^blue/ })).toContainText('12')
    await checkView(page, 'plan')
    // Cancelling leads back to the path, and takes nothing.
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('textbox', { name: /^Path of the archive/ })).toHaveValue(
      path.join(pictures, 'Два цвета'),
    )
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('textbox', { name: 'Name of the set' }).fill('')
    await expect(page.getByText('Give the set a name.')).toBeVisible()
    await page.getByRole('textbox', { name: 'Name of the set' }).fill('Red and blue')
    await page.getByRole('button', { name: 'Take these images' }).click()
    await expect(page.getByRole('heading', { name: 'Red and blue', exact: true })).toBeVisible()
    await expect.poll(() => images(page, 'Red and blue').count()).toBe(18)
    await expect(page.getByText('Test 6', { exact: true })).toBeVisible()
  })

  await test.step('images are taken from a folder that is dropped, of which no copy stays behind', async () => {
    await dropFolder(page, path.join(pictures, 'Three colours'))
    const given = page.getByRole('region', { name: 'Your files' })
    await expect(given.getByText('Three colours')).toBeVisible()
    await checkView(page, 'given')
    await given.getByRole('button', { name: 'Continue' }).click()
    await expect(plan.getByRole('heading', { name: /^60 images in 3 classes; / })).toBeVisible()
    await expect(given).toBeHidden()
    await page.getByRole('button', { name: 'Take these images' }).click()
    await expect(page.getByRole('heading', { name: 'Three colours', exact: true })).toBeVisible()
    await expect.poll(() => images(page, 'Three colours').count()).toBe(45)
    await expect
      .poll(async () => (existsSync(path.join(home, 'given')) ? await readdir(path.join(home, 'given')) : []))
      .toEqual([])
  })

  await test.step('a folder that may be meant in two ways is taken once she has said which', async () => {
    await dropFolder(page, path.join(pictures, 'Doubtful'))
    await page.getByRole('region', { name: 'Your files' }).getByRole('button', { name: 'Continue' }).click()
    await expect(plan.getByRole('heading', { name: /Choose what tells the class of an image/ })).toBeFocused()
    const byFolders = plan.getByRole('radio', { name: 'Labels from folders: blue, red' })
    const byTable = plan.getByRole('radio', { name: 'Labels from the column “label” in labels.csv' })
    await expect(byFolders.or(byTable).and(page.locator(':checked'))).toHaveCount(0)
    const take = page.getByRole('button', { name: 'Take these images' })
    await expect(take).toBeDisabled()
    await expect(page.getByText('First choose how the files are meant.')).toBeVisible()
    await checkView(page, 'plan-question')
    // The keyboard alone reaches and changes the choice.
    await plan.getByRole('heading').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(byFolders).toBeChecked()
    await expect(plan.getByRole('row', { name: /^red/ })).toContainText('6')
    await page.keyboard.press('ArrowDown')
    await expect(byTable).toBeChecked()
    await expect(plan.getByRole('row', { name: /^dark/ })).toContainText('6')
    await checkView(page, 'plan-chosen')
    await take.click()
    await expect(page.getByRole('heading', { name: 'Doubtful', exact: true })).toBeVisible()
    await expect(page.getByRole('listbox', { name: 'Classes of the run' }).getByRole('option')).toHaveText([
      /dark/,
      /light/,
    ])
    await page.getByText('About the set', { exact: true }).click()
    await page.getByRole('button', { name: 'Labels from the column “label” in labels.csv' }).click()
    await expect(page.getByText('labels.csv (12 rows): gives the labels')).toBeVisible()
    await choose(page, 'Data set', 'Three colours')
  })

  await test.step('they are browsed by class and by split, one is enlarged and its pixels are read', async () => {
    await page.getByRole('combobox', { name: 'Find a class' }).fill('gre')
    await page
      .getByRole('listbox', { name: 'Find a class' })
      .getByRole('option', { name: 'green', exact: true })
      .click()
    await expect.poll(() => images(page, 'Three colours').count()).toBe(15)
    await page.getByText('Test 5', { exact: true }).click()
    await expect.poll(() => images(page, 'Three colours').count()).toBe(5)
    await images(page, 'Three colours').first().click()
    const large = page.getByRole('region', { name: /^green, image / })
    await large.getByRole('application').focus()
    await page.keyboard.press('ArrowRight')
    await expect(
      large
        .getByText(/green \d+/)
        .or(large.getByText('green'))
        .first(),
    ).toBeVisible()
    await expect(large.locator('.value').nth(1)).toContainText(/1[5-9]\d/)
    await checkView(page, 'image')
    await large.getByRole('application').focus()
    await page.keyboard.press('ArrowRight')
    // The first press leaves the pixel, the second closes the image; the keyboard goes on in the list.
    await page.keyboard.press('Escape')
    await expect(large).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(large).toBeHidden()
    await expect(page.getByRole('listbox', { name: 'Images of Three colours' })).toBeFocused()
  })

  await test.step('nothing moves under the pointer when an image is opened; images can be shown larger', async () => {
    const last = images(page, 'Three colours').last()
    const before = await last.boundingBox()
    await last.click()
    await expect(page.getByRole('button', { name: 'Close the image' })).toBeVisible()
    expect(await last.boundingBox()).toEqual(before)
    await page.getByRole('button', { name: 'Close the image' }).click()
    const side = async (): Promise<number> =>
      (await images(page, 'Three colours').first().locator('img').boundingBox())?.width ?? 0
    const usual = await side()
    await page.getByRole('radio', { name: '2×' }).check({ force: true })
    await expect.poll(side).toBe(2 * usual)
    await page.getByRole('radio', { name: '1×' }).check({ force: true })
  })

  await test.step('classes have their counts and averages, and no test image has a twin that trains', async () => {
    await page.getByText('Classes', { exact: true }).first().click()
    await expect(page.getByRole('listbox', { name: 'Classes of Three colours' }).getByRole('option')).toHaveCount(3)
    const average = page.getByRole('listbox', { name: 'Classes of Three colours' }).locator('img').first()
    await expect
      .poll(() =>
        average.evaluate((image) => (image instanceof HTMLImageElement && image.complete ? image.naturalWidth : 0)),
      )
      .toBe(32)
    await checkView(page, 'classes')
    await page.getByText('Duplicates', { exact: true }).click()
    await expect(page.getByText('No duplicates')).toBeVisible()
    await page.getByText('About the set', { exact: true }).click()
    await expect(page.getByText('imported from files')).toBeVisible()
    await expect(page.getByText(/publisher|checksum/)).toBeHidden()
    await page.getByRole('button', { name: /^Labels from folders: blue, green, red/ }).click()
    await expect(page.getByText(/each run draws them at random/)).toBeVisible()
    await checkView(page, 'about')
  })

  await test.step('a run is narrowed to two classes of larger images, which are prepared for it', async () => {
    const classes = page.getByRole('listbox', { name: 'Classes of the run' })
    const before = await classes.getByRole('option', { name: 'green' }).boundingBox()
    await classes.getByRole('option', { name: 'green' }).click()
    expect(await classes.getByRole('option', { name: 'green' }).boundingBox()).toEqual(before)
    await expect(page.getByText('2 classes · 30 training · 10 test images')).toBeVisible()
    await classes.getByRole('option', { name: 'blue' }).click()
    await expect(page.getByText(/1 chosen: a run needs at least two classes/)).toBeVisible()
    await classes.getByRole('option', { name: 'blue' }).click()
    await page.getByRole('textbox', { name: 'Side in pixels' }).fill('48')
    await expect(page.getByText(/not prepared as 48 × 48/)).toBeVisible()
    await page.getByRole('button', { name: 'Prepare' }).click()
    await expect(page.getByText(/not prepared as 48 × 48/)).toBeHidden()
  })

  await test.step('it trains 20 steps on them', async () => {
    await page.getByRole('link', { name: 'Train on it' }).click()
    await expect(page.getByText(/blue, red · 48 × 48, cropped/)).toBeVisible()
    await enter(page, 'Batch', '10')
    await enter(page, 'Steps', '20')
    await enter(page, 'Test every', '10')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(page.getByRole('heading', { name: /Run 1 · Three colours/ })).toBeVisible()
    await expect(pill(page, /Done/)).toBeVisible({ timeout: 3 * 60_000 })
    await picture(page, 'data-trained')
  })

  await test.step('a set that a run has used can be removed, and its run stays', async () => {
    await toPage(page, 'Data')
    await expect(images(page, 'Three colours').first()).toBeVisible()
    // Images that are asked for while the set is removed would not be found.
    await expect.poll(() => page.evaluate(() => [...document.images].every(({ complete }) => complete))).toBe(true)
    await page.getByText('About the set', { exact: true }).click()
    await page.getByRole('button', { name: 'Remove from this computer' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Three colours', exact: true })).toBeHidden()
    await toPage(page, 'Compare')
    await expect(page.getByRole('rowheader', { name: 'Run 1' })).toBeVisible()
  })

  expect(opened.complaints).toEqual([])
  await opened.close()
  await shell.end()
})
