import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkBarriers } from './checkPage.ts'
import { lab, startLab, type LabProcess } from './labProcess.ts'
import { importPictures, makePictures } from './ownImages.ts'
import { choose, openPage, picture, pill, tabTo, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-look-'))
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

/** Sizes of a small laptop and of a large screen. */
const sizes = [
  [1280, 800],
  [1920, 1080],
] as const

/** A picture of every tab in a theme and language; nothing scrolls sideways, and axe finds no barrier. */
async function checkTabs(page: Page, tabs: readonly string[], name: string): Promise<void> {
  for (const [index, tab] of tabs.entries()) {
    await page.getByRole('radio', { name: tab, exact: true }).check({ force: true })
    await page.waitForLoadState('networkidle')
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        `${tab} scrolls sideways at ${width}`,
      ).toBe(true)
      await picture(page, `look-${index}-${name}-${width}`)
    }
    await checkBarriers(page, `${tab}, ${name}`)
  }
}

test('a student looks inside by keyboard alone while a run trains', async () => {
  const set = await importPictures(home, path.join(pictures, 'Three colours'))
  const steps = ['--steps', '40', '--evaluate-every', '10', '--batch', '10']
  expect((await lab(home, 'train', '--dataset', set, ...steps)).code).toBe(0)

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

  await test.step('how healthy its network is unfolds below its curves, with a slider over time', async () => {
    const unfold = page.getByRole('button', { name: /^Health/ })
    await tabTo(page, unfold)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Measured on \d+ training images/)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('application', { name: /Units that fire for no image/ })).toBeVisible()
    const step = page.getByRole('slider', { name: 'Step', exact: true })
    await tabTo(page, step)
    await page.keyboard.press('Home')
    await expect(step).toHaveAttribute('aria-valuetext', /^step 0: /)
    await picture(page, 'health-light-en')
    await checkBarriers(page, 'the health of a run')
    await unfold.focus()
    await page.keyboard.press('Enter')
    await expect(step).toBeHidden()
  })

  await test.step('the page opens with the image, the answer and the maps', async () => {
    await tabTo(page, page.getByRole('navigation').getByRole('link', { name: /^Look inside/ }))
    await page.keyboard.press('Enter')
    await page.goto(`${new URL(page.url()).origin}/#/look/1`)
    await expect(page.getByRole('heading', { name: 'Look inside Run 1' })).toBeVisible()
    await expect(
      page.getByText('True: blue').or(page.getByText('True: green')).or(page.getByText('True: red')),
    ).toBeVisible()
    await expect(page.getByText(/^Pred: /)).toBeVisible()
    await expect(page.getByText(/^entropy /)).toBeVisible()
    await expect(page.getByRole('slider', { name: /^Feature maps of / }).locator('img')).toBeVisible()
  })

  await test.step('another image, by its number and by its class', async () => {
    const number = page.getByRole('textbox', { name: 'Number' })
    await tabTo(page, number)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('3')
    await expect(page.getByRole('application', { name: /Test image 3$/ })).toBeVisible()
    await page.keyboard.type('00')
    await expect(page.getByText(/^The list ends with number /)).toBeVisible()
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await tabTo(page, page.getByRole('button', { name: 'Random', exact: true }))
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Pred: /)).toBeVisible()
  })

  await test.step('a map of another layer, and a place in it', async () => {
    await tabTo(page, page.getByRole('radio', { name: /^relu_1 / }))
    await page.keyboard.press('ArrowLeft')
    const maps = page.getByRole('slider', { name: /^Feature maps of / })
    const before = await maps.getAttribute('aria-label')
    expect(before).not.toContain('relu_1')
    await tabTo(page, maps)
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('heading', { name: /^Map 1 of / })).toBeVisible()
    await tabTo(page, page.getByRole('application', { name: /^Map 1 of / }))
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByText(/^at 1, 0: /).first()).toBeVisible()
    await expect(page.getByText(/^sees \d+ × \d+ pixels/)).toBeVisible()
  })

  await test.step('the distortions: random ones, by hand, and the batch that comes next', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'Feature maps', exact: true }))
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    const taken = page.getByRole('button', { name: /Take it to the sliders/ })
    await expect(taken).toHaveCount(9)
    await tabTo(page, taken.first())
    await page.keyboard.press('Enter')
    const rotation = page.getByRole('slider', { name: 'Rotation', exact: true })
    await tabTo(page, rotation)
    await page.keyboard.press('ArrowRight')
    await expect(rotation).toHaveAttribute('aria-valuetext', '+1°')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(rotation).toHaveAttribute('aria-valuetext', '0°')
    await expect(page.getByRole('textbox', { name: 'Step', exact: true })).toHaveValue('41')
    const members = page.getByRole('button', { name: /Look at this image/ })
    await expect(members).toHaveCount(10)
    await tabTo(page, members.first())
    await page.keyboard.press('ArrowRight')
    await expect(members.nth(1)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('application', { name: /Training image / })).toBeVisible()
    await expect(page.getByRole('button', { name: /^step .*Take it to the sliders/ }).first()).toBeVisible()
    await tabTo(page, page.getByRole('radio', { name: 'Distortion', exact: true }))
    await page.keyboard.press('ArrowRight')
  })

  await test.step('the weights of a layer, a kernel and its histogram', async () => {
    const kernels = page.getByRole('slider', { name: /^Weights of / })
    await expect(kernels.locator('img')).toBeVisible()
    await tabTo(page, page.getByRole('slider', { name: 'Input channel' }))
    await page.keyboard.press('End')
    await expect(page.getByText('2 · blue')).toBeVisible()
    await tabTo(page, kernels)
    await page.keyboard.press('End')
    await expect(page.getByRole('heading', { name: /^Kernel 63 of / })).toBeVisible()
    await expect(page.getByText(/ since step 0$/)).toBeVisible()
    await tabTo(page, page.getByRole('slider', { name: /^Histogram of the weights of / }))
    await page.keyboard.press('ArrowRight')
    await expect(page.getByText(/: \d+ weights$/)).toBeVisible()
    await tabTo(page, page.getByRole('radio', { name: /^conv_1 / }))
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByRole('slider', { name: 'Weights of classes' }).locator('img')).toBeVisible()
  })

  await test.step('how a value was computed, and the values before it', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'Weights', exact: true }))
    for (let tab = 0; tab < 3; tab += 1) await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('heading', { name: 'How it was computed' })).toBeVisible()
    await tabTo(page, page.getByRole('list', { name: 'Products, the largest first' }).getByRole('button').first())
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Back to classes' })).toBeVisible()
    await tabTo(page, page.getByRole('button', { name: 'Back to classes' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('radio', { name: /^classes / }))
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await tabTo(page, page.getByRole('application', { name: 'Map 0 of conv_1' }))
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await expect(page.getByText('Map 0 of conv_1 · row 0, column 1')).toBeVisible()
    const patch = page.getByRole('grid', { name: 'Channel 0 of the input, under the kernel' })
    await tabTo(page, patch.getByRole('gridcell').first())
    await expect(page.getByText(/^Padding: 0 × /)).toBeVisible()
    await page.keyboard.press('End')
    await expect(page.getByText(/^Row \d+, column \d+: .* = /)).toBeVisible()
    await picture(page, 'look-sum')
  })

  await test.step('the checkpoints, one after another and beside each other', async () => {
    const scrubber = page.getByRole('slider', { name: 'Checkpoint', exact: true })
    await tabTo(page, scrubber)
    await page.keyboard.press('Home')
    await expect(scrubber).toHaveAttribute('aria-valuetext', /^step 0 · /)
    await page.keyboard.press('End')
    await expect(scrubber).toHaveAttribute('aria-valuetext', /newest/)
    await page.keyboard.press('Home')
    const play = page.getByRole('button', { name: 'Play the checkpoints' })
    await tabTo(page, play)
    await page.keyboard.press('Enter')
    await expect(scrubber).toHaveAttribute('aria-valuetext', /newest/)
    await expect(play).toBeVisible()
    const beside = { name: 'Beside …', exact: true } as const
    await tabTo(page, page.getByRole('button', beside).or(page.getByRole('combobox', beside)))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: 'Another checkpoint of this run' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: /^Run 1 · step 0/ }).first()).toBeVisible()
    await picture(page, 'look-beside')
    await tabTo(page, page.getByRole('button', { name: 'Take away what stands beside' }))
    await page.keyboard.press('Enter')
  })

  await test.step('every tab, in both languages and themes', async () => {
    const tabs = {
      en: ['Distortion', 'Weights', 'Feature maps', 'Why this answer', 'Sum by sum'],
      ru: ['Искажения', 'Веса', 'Карты признаков', 'Почему такой ответ', 'По слагаемым'],
    }
    for (const theme of ['Light', 'Dark']) {
      await choose(page, 'Theme', theme)
      await checkTabs(page, tabs.en, `en-${theme.toLowerCase()}`)
    }
    await choose(page, 'Language', 'Русский')
    for (const theme of ['Светлая', 'Тёмная']) {
      await choose(page, 'Тема', theme)
      await checkTabs(page, tabs.ru, theme === 'Светлая' ? 'ru-light' : 'ru-dark')
    }
    await choose(page, 'Язык', 'English')
  })

  await test.step('the run that trains has gone on, and is looked into as well', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/look/2`)
    await expect(page.getByRole('heading', { name: 'Look inside Run 2' })).toBeVisible()
    await expect(page.getByText(/^entropy /)).toBeVisible()
    await toPage(page, 'Train')
    await expect(pill(page, /Training|Done/)).toBeVisible()
  })

  expect(complaints).toEqual([])
  await opened.close()
  await shell.end()
})
