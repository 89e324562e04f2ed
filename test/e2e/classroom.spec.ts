import { expect, type Page, test } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { checkPage } from './checkPage.ts'
import { launchChromium } from './chromium.ts'
import { startLab, type LabProcess } from './labProcess.ts'
import { openPage, tabTo } from './windowActions.ts'

const commandLine = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url))

/** Larger than any version that will be tested with it. */
const newer = 'conv-lab-999.0.0-linux-x64.tar.gz'

const network = JSON.stringify({
  'conv-lab-network': 1,
  name: 'Two layers',
  note: 'for the first lab',
  layers: [
    { kind: 'flatten', name: 'flat' },
    { kind: 'dense', name: 'classes', units: 10, bias: true, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
})

interface Mirror {
  readonly child: ChildProcess
  readonly page: string
  readonly code: string
}

let folder: string
let mirror: Mirror
let shell: LabProcess

/** Starts `lab mirror` as a teacher does, and reads from its output what stands on the board. */
async function startMirror(served: string): Promise<Mirror> {
  const home = path.join(folder, 'teacher')
  const words = ['mirror', '--dir', served, '--host', '127.0.0.1', '--port', '0', '--json', '--home', home]
  const child = spawn(process.execPath, [commandLine, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.stdout === null) throw new Error('the mirror has no standard output')
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as { event: string; pages?: string[]; code?: string }
    if (told.event === 'serving') return { child, page: told.pages?.[0] ?? '', code: told.code ?? '' }
  }
  throw new Error('the mirror ended without an address')
}

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-classroom-'))
  const served = path.join(folder, 'served')
  for (const name of ['portable', 'templates']) await mkdir(path.join(served, name), { recursive: true })
  await mkdir(path.join(folder, 'person', 'Downloads'), { recursive: true })
  await writeFile(path.join(served, 'portable', newer), 'a newer program')
  await writeFile(path.join(served, 'portable', 'conv-lab-0.0.1-win-x64.zip'), 'an older program')
  await writeFile(path.join(served, 'mnist.conv-lab'), 'a packed set')
  await writeFile(path.join(served, 'templates', 'two.json'), network)
  ;[mirror, shell] = await Promise.all([
    startMirror(served),
    startLab(path.join(folder, 'student'), { person: path.join(folder, 'person') }),
  ])
})

test.afterAll(async () => {
  await shell.end()
  const ended = once(mirror.child, 'exit')
  mirror.child.kill('SIGINT')
  await ended
  await rm(folder, { recursive: true, force: true })
})

/** Types the code by keyboard, as the page puts the focus there. */
async function enter(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox').fill(code)
  await page.keyboard.press('Enter')
}

test('the class page asks for the code and offers what there is, in both languages and themes', async () => {
  const browser = await launchChromium()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'dark',
    locale: 'ru-RU',
  })
  const page = await context.newPage()
  await page.goto(mirror.page)
  await expect(page.getByRole('heading', { level: 1, name: 'Conv Lab для вашей группы' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Введите код, который показывает преподаватель' })).toBeFocused()
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(18, 21, 26)')
  await checkPage(page, 'class-code-ru-dark')
  await enter(page, 'AAAAAA')
  await expect(page.getByRole('alert')).toContainText('Это не код вашей группы')
  await checkPage(page, 'class-wrong-ru-dark')
  await enter(page, `${mirror.code.slice(0, 3).toLowerCase()} ${mirror.code.slice(3)}`)
  await expect(page.getByRole('link', { name: 'Скачать Conv Lab 999.0.0 для Linux' })).toBeVisible()
  await checkPage(page, 'class-ru-dark')
  await page.getByRole('link', { name: 'English' }).press('Enter')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.getByText(`${mirror.page}/${mirror.code}`)).toBeVisible()
  await expect(page.getByRole('link', { name: 'MNIST' })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Two layers for the first lab Network/ })).toBeVisible()
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(246, 247, 249)')
  await checkPage(page, 'class-en-light')
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download Conv Lab 999.0.0 for Linux' }).press('Enter')
  const download = await coming
  expect(download.suggestedFilename()).toBe(newer)
  expect(await readFile(await download.path(), 'utf8')).toBe('a newer program')
  await browser.close()
})

test('the window finds a newer version on the mirror, saves it and takes a network, when a person asks', async () => {
  const opened = await openPage(shell, '#/settings')
  const { page, complaints } = opened
  const card = page.getByRole('region', { name: 'Classroom' })
  const look = card.getByRole('button', { name: 'Look for an update' })
  await expect(look).toBeDisabled()

  await card.getByRole('textbox', { name: 'Folder or address' }).fill(mirror.page.replace('http://', ''))
  await card.getByRole('textbox', { name: 'Code' }).fill('AAAAAA')
  await page.keyboard.press('Enter')
  await look.press('Enter')
  await expect(card.getByText(/asks for the code of the class/)).toBeVisible()
  await card.getByRole('textbox', { name: 'Folder or address' }).fill(mirror.page)
  await card.getByRole('textbox', { name: 'Code' }).fill(mirror.code.toLowerCase())
  await page.keyboard.press('Enter')
  await expect(card.getByText(/asks for the code of the class/)).toBeHidden()
  await expect(card.getByRole('textbox', { name: 'Folder or address' })).toHaveValue(`${mirror.page}/${mirror.code}`)

  await tabTo(page, look)
  await page.keyboard.press('Enter')
  await expect(card.getByText(/^Version 999\.0\.0 is there; this is /)).toBeVisible()
  const downloads = path.join(folder, 'person', 'Downloads')
  await expect(card.getByRole('textbox', { name: 'Save into' })).toHaveValue(downloads)
  await checkPage(page, 'classroom-en-light')
  await card.getByRole('button', { name: /^Save version 999\.0\.0/ }).press('Enter')
  await expect(card.getByText(path.join(downloads, newer), { exact: true })).toBeVisible()
  await expect(card.getByText(/^Unpack it into a new folder/)).toBeVisible()
  expect(await readdir(downloads)).toEqual([newer])
  expect(await readFile(path.join(downloads, newer), 'utf8')).toBe('a newer program')

  await card.getByRole('button', { name: 'Take the network Two layers' }).press('Enter')
  await expect(card.getByText('“Two layers” is kept as version 1.')).toBeVisible()
  await page.getByRole('radio', { name: 'Dark' }).press('Space')
  await page.getByRole('radio', { name: 'Русский' }).press('Space')
  await expect(page.getByRole('region', { name: 'Учебный класс' })).toBeVisible()
  await checkPage(page, 'classroom-ru-dark')
  expect(complaints).toEqual([])
  await opened.close()
})
