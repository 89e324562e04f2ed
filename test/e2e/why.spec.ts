import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Hint } from '../../core/advice/hint.ts'
import { checkPage } from './checkPage.ts'
import { lab, startLab, valueOf, type LabProcess } from './labProcess.ts'
import { choose, openPage, pill, tabTo } from './windowActions.ts'

let home: string
let shell: LabProcess | null = null

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-why-'))
  const drawn = await lab(home, 'dataset', 'get', 'shapes')
  expect(drawn.code, drawn.error).toBe(0)
})

test.afterAll(async () => {
  await shell?.end()
  await rm(home, { recursive: true, force: true })
})

interface ToldRun {
  readonly state: string
  readonly config: { readonly from?: { readonly run: number; readonly step: number; readonly sha256: string } }
  readonly last: { readonly loss: number } | null
}

async function hintsOf(run: number): Promise<string[]> {
  return (await valueOf<{ hints: Hint[] }>(home, 'why', String(run))).hints.map(({ kind }) => kind)
}

const hint = (page: Page) => page.getByRole('article', { name: /^Hint: / })

/** So many that only a person ends it: the hint comes while it trains, however slow the computer is. */
const endless = '1000000'

test('a rate of 0.1 with Adam brings its hint while it trains, whose button makes a branch that learns', async () => {
  shell = await startLab(home)
  const opened = await openPage(shell, '#/train/1')
  const { page, complaints } = opened
  const settings = ['--preset', 'seed', '--optimizer', 'adam', '--schedule', 'constant', '--batch', '20']
  const ends = ['--steps', endless, '--evaluate-every', '40']
  const started = await lab(
    home,
    ...['train', '--dataset', 'shapes', '--learning-rate', '0.1', '--queue'],
    ...settings,
    ...ends,
  )
  expect(started.code, started.error).toBe(0)

  await test.step('the hint is the only one that is shown unasked, and is marked on the chart', async () => {
    await expect(hint(page)).toHaveAccessibleName('Hint: The learning rate is too high')
    await expect(pill(page, /Training/)).toBeVisible()
    await expect(hint(page)).toHaveCount(1)
    await expect(hint(page).getByRole('button', { name: 'Mark on the charts' })).toHaveAttribute('aria-pressed', 'true')
    await expect(page.locator('.band').first()).toBeVisible()
    expect((await hintsOf(1))[0]).toBe('rate-too-high')
    expect((await valueOf<ToldRun>(home, 'run', '1')).state).toBe('training')
    await checkPage(page, 'why-hint')
  })

  const line = page.getByRole('button', { name: 'Hint: The learning rate is too high' })
  await test.step('below the charts it would be missed: a line in the head of the run leads to it', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('main').evaluate((main) => main.scrollTo(0, 0))
    await expect(line).toBeInViewport()
    await expect(hint(page)).not.toBeInViewport()
    await line.press('Enter')
    await expect(hint(page)).toBeFocused()
    await expect(hint(page)).toBeInViewport()
  })

  await test.step('its button adds a branch that names its checkpoint', async () => {
    await tabTo(page, hint(page).getByRole('button', { name: /^Branch from step \d+ with a learning rate of 0.001$/ }))
    await page.keyboard.press('Enter')
    await expect(page.getByText('The new run waits in the queue:')).toBeVisible()
    const { from } = (await valueOf<ToldRun>(home, 'run', '2')).config
    expect(from?.run).toBe(1)
    expect(from?.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  await test.step('the branch learns', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter')
    await page.getByRole('link', { name: 'Run 2' }).first().click()
    await expect(page.getByText(/^Begins with the weights of/)).toBeVisible()
    const chance = Math.log(6)
    await expect
      .poll(async () => (await valueOf<ToldRun>(home, 'run', '2')).last?.loss ?? Infinity, { timeout: 5 * 60_000 })
      .toBeLessThan(0.7 * chance)
    expect(await hintsOf(2)).not.toContain('rate-too-high')
    await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter')
    await expect(pill(page, /Stopped/)).toBeVisible()
  })

  await test.step('the branch can be proved and compared, and begins only at a checkpoint that is there', async () => {
    const proved = await valueOf<{ equal: boolean }>(
      home,
      'prove-resume',
      '--run',
      '2',
      '--steps',
      '4',
      '--break-at',
      '2',
    )
    expect(proved.equal).toBe(true)
    const compared = await lab(home, 'compare', '1', '2')
    expect(JSON.stringify(compared.values)).toContain('learningRate')
    const refused = await lab(home, 'branch', '1', '--at', '7')
    expect([refused.code, refused.error]).toEqual([1, expect.stringMatching(/no checkpoint .*: 0, /)])
  })

  await test.step('a hint that a person dismisses stays away, and waits behind “Why?”', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/train/1`)
    await hint(page).getByRole('button', { name: 'Do not say this unasked' }).press('Enter')
    await expect(hint(page)).toHaveCount(0)
    await expect(line).toHaveCount(0)
    await page.reload()
    await page.getByRole('button', { name: /^Why\?/ }).press('Enter')
    await expect(hint(page).getByRole('button', { name: 'Say this unasked again' })).toBeVisible()
    await choose(page, 'Language', 'Русский')
    await expect(page.getByRole('article', { name: 'Подсказка: Скорость обучения слишком велика' })).toBeVisible()
    await checkPage(page, 'why-dismissed-ru')
  })

  expect(complaints).toEqual([])
  await opened.close()
})
