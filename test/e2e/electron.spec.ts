import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, test } from '@playwright/test'

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

test.describe('the Electron shell', () => {
  test.skip(program === null, "Electron's binary is not on this machine")
  test.skip(!hasScreen, 'Electron needs a screen, and this machine has none')

  test('opens the window, confined, with the lab behind it, and ends when it is closed', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'conv-lab-electron-'))
    try {
      const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
      const app = await _electron.launch({
        executablePath: program ?? '',
        args: [...sandbox, root, '--home', home],
      })
      const violations: string[] = []
      const page = await app.firstWindow()
      page.on('console', (message) => {
        if (message.type() === 'error') violations.push(message.text())
      })
      await expect(page).toHaveURL(/^lab:\/\/app\//)
      // The rail is drawn from what the lab answered over the port.
      await expect(page.getByRole('navigation')).toContainText('CIFAR-10')
      expect(violations).toEqual([])
      expect(
        await page.evaluate(() => ['require', 'process', 'electron'].filter((name) => name in globalThis)),
      ).toEqual([])
      expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull()
      await page.evaluate(() => {
        window.location.href = 'https://example.org/'
      })
      await expect(page).toHaveURL(/^lab:\/\/app\//)

      const ended = new Promise<void>((resolve) => app.process().once('exit', () => resolve()))
      await page.close()
      await ended
      expect(existsSync(path.join(home, 'window.json'))).toBe(true)
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  })
})
