import { expect, test } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { checkBarriers } from './checkPage.ts'
import { startLab, type LabProcess } from './labProcess.ts'
import { choose, openPage, picture } from './windowActions.ts'

let home: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-link-'))
})

test.afterAll(async () => {
  await shell?.kill().catch((thrown: unknown) => {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown
  })
  await rm(home, { recursive: true, force: true })
})

/** A port that nobody listens at now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

test('a window whose lab has ended dims what looked live, and says how to get in again', async () => {
  const port = await freePort()
  shell = await startLab(home, { port })
  const opened = await openPage(shell)
  const { page } = opened
  const notice = page.getByRole('alert')
  const heading = page.getByRole('heading', { level: 1 })
  const opacity = (): Promise<string> =>
    heading.evaluate((element) => {
      let shown = 1
      for (let part: Element | null = element; part !== null; part = part.parentElement)
        shown *= Number(getComputedStyle(part).opacity)
      return String(shown)
    })

  await test.step('while it runs nothing is dimmed', async () => {
    await expect(heading).toBeVisible()
    await expect.poll(opacity).toBe('1')
  })

  await test.step('its end is told, with the command that starts it again', async () => {
    await shell?.kill()
    await expect(notice.filter({ hasText: 'Conv Lab has ended.' })).toBeVisible()
    await expect(notice).toContainText('npm start')
    await expect(notice).not.toContainText('connect again')
    await expect.poll(opacity).toBe('0.5')
    await picture(page, 'link-ended')
  })

  await test.step('another lab at the same address has no key for this window, and that is told', async () => {
    shell = await startLab(home, { port })
    await expect(notice.filter({ hasText: 'Conv Lab was started anew.' })).toBeVisible()
    await picture(page, 'link-refused')
  })

  await test.step('its own address leads in', async () => {
    if (shell === null) throw new Error('the lab was not started')
    await page.goto(shell.address)
    await expect(notice).toBeHidden()
    await expect.poll(opacity).toBe('1')
    await choose(page, 'Language', 'Русский')
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
    await checkBarriers(page, 'after the restart')
  })

  await opened.close()
  await shell.end()
})

test('a window whose folder another computer has taken says so, also when its lab has gone', async () => {
  const { child } = (shell = await startLab(home))
  const opened = await openPage(shell)
  const { page } = opened
  const notice = page.getByRole('alert').filter({ hasText: 'desk-8' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const note = { owner: 'another', host: 'desk-8', asked: null, answered: null }
  await writeFile(path.join(home, 'owner.json'), JSON.stringify(note))
  await expect(notice).toBeVisible()
  await expect.poll(() => child.exitCode).toBe(1)
  // It has tried to connect again in vain.
  await expect(page.locator('.lost')).toBeVisible()
  await expect(notice).toHaveCount(1)
  await picture(page, 'link-taken')
  await opened.close()
})
