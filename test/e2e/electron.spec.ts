import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, test, type ElectronApplication } from '@playwright/test'
import { walkAsStudent, type OpenedLab } from './studentWalk.ts'
import { complaintsOf, goTo } from './windowActions.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Electron's program, when its package has got it. Asking the package itself would start the download. */
function electronProgram(): string | null {
  const folder = path.join(root, 'node_modules', 'electron')
  const named = path.join(folder, 'path.txt')
  if (!existsSync(named)) return null
  const program = path.join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] || path.join(folder, 'dist'),
    readFileSync(named, 'utf8'),
  )
  return existsSync(program) ? program : null
}

const program = electronProgram()
const hasScreen =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])

let app: ElectronApplication | null = null

/** Starts the app on a home folder. */
async function launch(home: string): Promise<ElectronApplication> {
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  app = await _electron.launch({ executablePath: program ?? '', args: [...sandbox, root, '--home', home] })
  return app
}

/** Opens the app at the page Data. */
async function openInElectron(home: string): Promise<OpenedLab> {
  const launched = await launch(home)
  const page = await launched.firstWindow()
  const complaints = complaintsOf(page)
  const child = launched.process()
  const ended = once(child, 'exit')
  await expect(page.getByRole('navigation')).toBeVisible()
  await goTo(page, '#/data')
  return {
    page,
    complaints,
    end: async () => {
      await page.close()
      await ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

test.describe('the Electron shell', () => {
  test.skip(program === null, "Electron's binary is not on this machine")
  test.skip(!hasScreen, 'Electron needs a screen, and this machine has none')

  let home: string

  test.beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'conv-lab-electron-'))
  })

  test.afterEach(async () => {
    app?.process().kill('SIGKILL')
    app = null
    await rm(home, { recursive: true, force: true })
  })

  test('opens the window, confined, with the lab behind it, and ends when it is closed', async () => {
    const launched = await launch(home)
    const page = await launched.firstWindow()
    const complaints = complaintsOf(page)
    await expect(page).toHaveURL(/^lab:\/\/app\//)
    // The rail is drawn from what the lab answered over the port.
    await expect(page.getByRole('navigation')).toContainText('CIFAR-10')
    expect(complaints).toEqual([])
    expect(await page.evaluate(() => ['require', 'process', 'electron'].filter((name) => name in globalThis))).toEqual(
      [],
    )
    expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull()
    await page.evaluate(() => {
      window.location.href = 'https://example.org/'
    })
    await expect(page).toHaveURL(/^lab:\/\/app\//)

    const ended = once(launched.process(), 'exit')
    await page.close()
    await ended
    expect(existsSync(path.join(home, 'window.json'))).toBe(true)
  })

  test('takes what a person copies to the clipboard, and lets no page read it', async () => {
    const { page, end } = await openInElectron(home)
    expect(
      await page.evaluate(async () => {
        await navigator.clipboard.writeText('copied')
        return navigator.clipboard.readText().then(
          () => 'read',
          (thrown: unknown) => (thrown instanceof Error ? thrown.name : String(thrown)),
        )
      }),
    ).toBe('NotAllowedError')
    await end()
  })

  test(
    'a student gets CIFAR-10, trains, pauses, survives a closed and a killed app, and compares two runs',
    { tag: '@online' },
    () => walkAsStudent(openInElectron, home),
  )
})
