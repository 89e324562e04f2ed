import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { lab, startLab, type LabProcess } from './labProcess.ts'
import { importPictures, makePictures } from './ownImages.ts'
import { choose, enter, inRussianAndDark, openPage, tabTo, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-sweeps-'))
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

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const rows = (page: Page) => page.getByRole('region', { name: 'Runs of the sweep' }).locator('tbody tr')

test('a student sweeps two settings, pauses, goes on, and sees which of them mattered', async () => {
  const set = await importPictures(home, path.join(pictures, 'Three colours'))
  const first = await lab(home, 'train', '--dataset', set, '--preset', 'digits', '--batch', '10', '--steps', '2')
  expect(first.code, first.error).toBe(0)

  shell = await startLab(home)
  const opened = await openPage(shell)
  const { page, complaints } = opened

  await test.step('an empty page says what will be here', async () => {
    await toPage(page, 'Train')
    await choose(page, 'Network', 'Digits')
    await enter(page, 'Batch', '10')
    await enter(page, 'Steps', '6')
    await toPage(page, 'Sweeps')
    await expect(page.getByRole('heading', { name: 'No sweeps yet' })).toBeVisible()
    await checkPage(page, 'sweeps-empty')
  })

  await test.step('a form says how many runs there will be, and what is wrong', async () => {
    await button(page, 'New sweep').first().click()
    const settings = page.getByRole('combobox', { name: 'Add a setting' })
    await settings.fill('learning rate')
    await page.getByRole('option', { name: 'Learning rate', exact: false }).first().click()
    // By its path, and by keyboard alone.
    await settings.fill('optimizer.beta1')
    await settings.press('Enter')
    await button(page, 'Remove Momentum').click()
    await settings.fill('optimizer')
    await page.getByRole('option', { name: 'Optimizer optimizer.kind' }).click()
    const rates = page.getByRole('textbox', { name: 'Values of Learning rate' })
    await rates.fill('0.001 0,01 fast')
    await expect(page.getByRole('alert').filter({ hasText: 'Write numbers' })).toBeVisible()
    await expect(button(page, 'Start sweep')).toBeDisabled()
    await rates.fill('0.001 0.01 0.001')
    await expect(page.getByRole('alert').filter({ hasText: '0.001 stands there twice' })).toBeVisible()
    await rates.fill('0.001 0.01 0.1')
    await settings.fill('weight')
    await page.getByRole('option', { name: 'Weight decay' }).click()
    await page.getByRole('textbox', { name: 'Values of Weight decay' }).fill('0.1')
    await expect(page.getByRole('alert').filter({ hasText: 'AdamW' })).toBeVisible()
    await expect(button(page, 'Start sweep')).toBeDisabled()
    await button(page, 'Remove Weight decay').click()
    await expect(page.getByText(/^9 runs · about/)).toBeVisible()
    await enter(page, 'Seeds for each point', '200')
    await expect(page.getByText('Yes, I mean 1,800 runs')).toBeVisible()
    await expect(button(page, 'Start sweep')).toBeDisabled()
    await enter(page, 'Seeds for each point', '1')
    await checkPage(page, 'sweeps-form')
  })

  await test.step('it could go to a cluster: what is missing is said, in both languages', async () => {
    const here = page.getByRole('radio', { name: 'This computer' })
    await here.focus()
    await page.keyboard.press('ArrowRight')
    await expect(button(page, 'Send to the cluster')).toBeDisabled()
    await page.getByRole('textbox', { name: 'Address of Ray’s dashboard' }).fill('head')
    await expect(page.getByRole('alert').filter({ hasText: 'Write an address such as' })).toBeVisible()
    await checkPage(page, 'sweeps-cluster')
    await inRussianAndDark(page, () => checkPage(page, 'sweeps-cluster-ru-dark'))
    await page.getByRole('radio', { name: 'A Ray cluster' }).focus()
    await page.keyboard.press('ArrowLeft')
    await expect(here).toBeChecked()
    await expect(button(page, 'Start sweep')).toBeEnabled()
  })

  await test.step('it trains, is paused with its run, and goes on', async () => {
    await button(page, 'Start sweep').click()
    await expect(page.getByRole('heading', { name: 'Sweep 1' })).toBeVisible()
    await button(page, 'Pause').click()
    await expect(page.getByText('Paused', { exact: true })).toBeVisible()
    await button(page, 'Continue the sweep').click()
    await expect(page.getByText('Complete', { exact: true })).toBeVisible({ timeout: 240_000 })
    await expect(rows(page)).toHaveCount(9)
    await expect(rows(page).first()).toContainText('reached its goal')
  })

  await test.step('runs are brushed by keyboard alone, and the table follows', async () => {
    const upper = page.getByRole('slider', { name: 'Learning rate: upper end' })
    await tabTo(page, upper)
    for (let press = 0; press < 8; press += 1) await page.keyboard.press('ArrowDown')
    await expect(page.getByText('6 of 9 runs kept')).toBeVisible()
    await expect(rows(page)).toHaveCount(6)
    await page.keyboard.press('Escape')
    await expect(rows(page)).toHaveCount(9)
  })

  await test.step('and by mouse along an axis', async () => {
    const low = page.getByRole('slider', { name: 'Learning rate: lower end' })
    await low.scrollIntoViewIfNeeded()
    const high = page.getByRole('slider', { name: 'Learning rate: upper end' })
    const [from, to] = [await low.boundingBox(), await high.boundingBox()]
    if (from === null || to === null) throw new Error('the axis is not drawn')
    const middle = (from.y + to.y) / 2
    await page.mouse.move(from.x + 4, from.y - 4)
    await page.mouse.down()
    await page.mouse.move(from.x + 4, middle + 30, { steps: 4 })
    await page.mouse.up()
    await expect(page.getByText('3 of 9 runs kept')).toBeVisible()
    await button(page, 'Show all').click()
  })

  await test.step('what mattered is told with its uncertainty', async () => {
    const effects = page.getByRole('region', { name: 'Which setting mattered' })
    await expect(effects.getByRole('row')).toHaveCount(3)
    await expect(effects).toContainText('These are few points')
    await button(page, 'As a table').click()
    await expect(page.getByRole('region', { name: 'Two settings' }).locator('tbody tr')).toHaveCount(3)
  })

  await test.step('a run is opened, and ticked for Compare', async () => {
    await rows(page).first().getByRole('checkbox').click()
    await rows(page).first().getByRole('link').click()
    await expect(page).toHaveURL(/#\/train\/\d+/)
    await toPage(page, 'Sweeps')
    await expect(rows(page).first().getByRole('checkbox')).toBeChecked()
  })

  await test.step('it stays in the address, is deleted with its runs, and comes back', async () => {
    await expect(page).toHaveURL(/#\/sweeps\/1$/)
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Sweep 1', level: 1 })).toBeVisible()
    await button(page, 'Delete').click()
    await button(page, 'Delete the sweep and its runs').click()
    await expect(page.getByText('Sweep 1 is deleted; its runs are in the bin.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'No sweeps yet' })).toBeVisible()
    await expect(button(page, 'Undo')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(9)
  })

  for (const language of ['English', 'Русский'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      await test.step(`${language}, ${theme}`, async () => {
        const isEnglish = language === 'English'
        await choose(page, isEnglish ? 'Language' : '(?:Language|Язык)', language)
        await choose(
          page,
          isEnglish ? 'Theme' : 'Тема',
          isEnglish ? { light: 'Light', dark: 'Dark' }[theme] : { light: 'Светлая', dark: 'Тёмная' }[theme],
        )
        await checkPage(page, `sweeps-${isEnglish ? 'en' : 'ru'}-${theme}`)
      })
    }
  }
  expect(complaints).toEqual([])
  await opened.close()
})
