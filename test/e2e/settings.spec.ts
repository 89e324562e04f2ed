import { expect, type Page, test } from '@playwright/test'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { startLab, type LabProcess } from './labProcess.ts'
import { choose, openPage, tabTo, toPage } from './windowActions.ts'

let home: string
let shell: LabProcess

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-settings-'))
  shell = await startLab(home)
})

test.afterAll(async () => {
  await shell.end()
  await rm(home, { recursive: true, force: true })
})

/** A first start introduces the lab, and each way in leads on, by keyboard alone. Ends on the page Data. */
async function walkThroughFirstStart(page: Page): Promise<void> {
  const walk = page.getByRole('main').getByRole('region', { name: 'The lab, step by step' })
  const press = async (name: string) => {
    await tabTo(page, page.getByRole('button', { name, exact: true }))
    await page.keyboard.press('Enter')
  }

  await test.step('step by step: a step says what to do and what to notice, and is found again', async () => {
    await expect(page).toHaveTitle('Getting started · Conv Lab')
    await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Conv Lab' })).toBeVisible()
    await checkPage(page, 'start-en-light')
    await press('Begin')
    await expect(page).toHaveTitle('Data · Conv Lab')
    await expect(walk).toContainText('Step 1 of 6 Get images')
    await expect(walk).toContainText('Notice:')
    for (const number of [2, 3]) {
      await press('Next step')
      await expect(walk).toContainText(`Step ${number} of 6`)
    }
    await expect(page).toHaveTitle('Network · Conv Lab')
    await checkPage(page, 'walk-en-light')
    await page.reload()
    await expect(walk).toContainText('Step 3 of 6')
    await press('Leave the walk; Getting started takes it up again')
    await expect(walk).toBeHidden()
  })

  await test.step('own images', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    // Of the two steps before, only the one of which nothing is left is done.
    await expect(page.getByRole('button', { name: /^Look at the images.*done$/ })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Go on with step 1' })).toBeVisible()
    await press('Choose images')
    await expect(page.getByRole('heading', { level: 1, name: 'Your own images' })).toBeVisible()
  })

  await test.step('the example in Russian: its runs are compared, and go with one press', async () => {
    await page.goto(new URL(page.url()).origin)
    // It introduces itself once.
    await expect(page).toHaveTitle('Data · Conv Lab')
    await choose(page, 'Language', 'Русский')
    await page.getByRole('link', { name: /^Conv Lab/ }).press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Добро пожаловать в Conv Lab' })).toBeVisible()
    await checkPage(page, 'start-ru-light')
    await press('Добавить пример')
    await expect(page).toHaveTitle('Сравнение · Conv Lab', { timeout: 30_000 })
    await expect(
      page
        .getByRole('main')
        .getByText(/^Пример: удачная скорость/)
        .first(),
    ).toBeVisible()
    await page.getByRole('link', { name: /^Conv Lab/ }).press('Enter')
    await expect(page.getByText('Пример добавлен: 3 запуска.')).toBeVisible()
    await press('Удалить пример')
    await expect(page.getByText('Пример удалён, его запуски лежат в корзине.')).toBeVisible()
    await choose(page, 'Язык', 'English')
    await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Conv Lab' })).toBeVisible()
    await toPage(page, 'Data')
  })
}

test('a first start introduces the lab; settings are chosen by keyboard and stay; versions, folders and licences are there', async () => {
  const opened = await openPage(shell, '')
  const { page, complaints } = opened
  await walkThroughFirstStart(page)
  await expect(page).toHaveTitle('Data · Conv Lab')

  await test.step('shortcuts are listed and lead to pages', async () => {
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(list).toBeVisible()
    await checkPage(page, 'shortcuts')
    await page.keyboard.press('Escape')
    await expect(list).toBeHidden()
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await expect(page).toHaveTitle('Compare · Conv Lab')
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect(page).toHaveTitle('Settings · Conv Lab')
  })

  await test.step('folders and versions are said', async () => {
    const places = page.getByRole('region', { name: 'Where the files are' })
    await expect(places.getByText(home, { exact: true })).toBeVisible()
    await expect(places.getByText(path.join(home, 'conv-lab.log'), { exact: true })).toBeVisible()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await tabTo(page, places.getByRole('button', { name: 'Copy path: Home folder' }))
    await page.keyboard.press('Enter')
    await expect(places.getByText('Copied')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(home)
    const about = page.getByRole('region', { name: 'About' })
    await expect(about.getByText(/^3\.\d+\.\d+$/)).toBeVisible()
  })

  await test.step('licences can be read and searched; a letter in the field is no shortcut', async () => {
    await tabTo(page, page.getByRole('button', { name: /^Licences/ }))
    await page.keyboard.press('Enter')
    const search = page.getByRole('searchbox', { name: 'Find a package or a licence' })
    await tabTo(page, search)
    await page.keyboard.type('fontsource')
    const font = page.getByRole('button', { name: /^@fontsource-variable\/inter .* OFL-1\.1$/ })
    await tabTo(page, font)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: /^@fontsource-variable\/inter/ })).toContainText(
      'SIL OPEN FONT LICENSE',
    )
    await search.fill('gs')
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  })

  await test.step('threads, theme and language stay over a reload', async () => {
    const threads = page
      .getByRole('combobox', { name: /^Threads of TensorFlow/ })
      .or(page.getByRole('button', { name: /^Threads of TensorFlow/ }))
    await threads.press('Enter')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect(threads).toHaveAccessibleName(os.availableParallelism() > 1 ? /: 1$/ : /All/)
    await page.getByRole('radio', { name: 'Dark' }).focus()
    await page.keyboard.press('Space')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await page.getByRole('radio', { name: 'Русский' }).focus()
    await page.keyboard.press('Space')
    await expect(page.getByRole('heading', { level: 1, name: 'Настройки' })).toBeVisible()
    await checkPage(page, 'settings-ru-dark')
    await page.reload()
    await expect(page).toHaveTitle('Настройки · Conv Lab')
    await page.getByRole('radio', { name: 'English' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('radio', { name: 'Light' }).focus()
    await page.keyboard.press('Space')
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await checkPage(page, 'settings-en-light')
  })

  await test.step('single keys can be switched off', async () => {
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter')
    await page.getByRole('checkbox', { name: 'Single keys are shortcuts' }).press('Space')
    await page.keyboard.press('Escape')
    await page.locator('body').press('?')
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  expect(complaints).toEqual([])
  await opened.close()
})

test('the licences that the window has are those of its build', async () => {
  const file = path.join(import.meta.dirname, '..', '..', 'dist', 'window', 'licences.json')
  const licences = JSON.parse(await readFile(file, 'utf8')) as { name: string; text: string }[]
  const names = licences.map(({ name }) => name)
  expect(names[0]).toBe('conv-lab')
  for (const shipped of ['svelte', 'zod', 'better-sqlite3', 'sharp', '@tensorflow/tfjs-node', 'electron'])
    expect(names).toContain(shipped)
  for (const tool of ['vitest', 'eslint', 'prettier', '@playwright/test']) expect(names).not.toContain(tool)
})
