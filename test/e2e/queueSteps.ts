import { expect, type Page } from '@playwright/test'
import { valueOf } from './labProcess.ts'
import { enter, picture, pill, stepOf } from './windowActions.ts'

/** The numbers of the queued runs as the window shows them, the next one first. */
async function queued(page: Page): Promise<number[]> {
  const names = await page
    .getByRole('region', { name: 'Queue' })
    .getByRole('listitem')
    .getByRole('link')
    .allTextContents()
  return names.map((name) => Number(/Run (\d+)/.exec(name)?.[1]))
}

/**
 * On the Train page, with nothing in training: runs are added behind one that trains, reordered with buttons and by
 * keyboard, cancelled, and the first of them begins by itself.
 * @param first Number that the next run will have.
 */
export async function walkThroughQueue(page: Page, home: string, first: number): Promise<void> {
  await enter(page, 'Batch', '50')
  await enter(page, 'Steps', '4000')
  await enter(page, 'Test every', '4000')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('heading', { name: new RegExp(`Run ${first} · `) })).toBeVisible()
  await expect.poll(() => stepOf(page)).toBeGreaterThan(0)

  const [second, third, fourth] = [first + 1, first + 2, first + 3]
  // Short, so that the ones that begin by themselves come to their end.
  await enter(page, 'Steps', '20')
  const add = page.getByRole('button', { name: 'Add to queue', exact: true })
  for (const [index, learningRate] of ['0.001', '0.002', '0.003'].entries()) {
    await enter(page, 'Learning rate', learningRate)
    await add.click()
    await expect.poll(async () => (await queued(page)).length).toBe(index + 1)
  }
  expect(await queued(page)).toEqual([second, third, fourth])
  const up = (run: number) => page.getByRole('button', { name: `Move run ${run} up`, exact: true })
  const down = (run: number) => page.getByRole('button', { name: `Move run ${run} down`, exact: true })
  await expect(up(second)).toBeDisabled()
  await expect(down(fourth)).toBeDisabled()

  await up(fourth).click()
  await expect.poll(() => queued(page)).toEqual([second, fourth, third])
  // The button went up with its row, and has the focus still.
  await expect(up(fourth)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => queued(page)).toEqual([fourth, second, third])
  await expect(page.getByText(`Run ${fourth} is now number 1 in the queue`)).toBeAttached()
  await picture(page, '9-queue')

  await page.getByRole('button', { name: `Take run ${second} out of the queue`, exact: true }).click()
  await expect.poll(() => queued(page)).toEqual([fourth, third])
  expect(await valueOf(home, 'queue')).toMatchObject({
    runs: [
      { id: fourth, queuePosition: 1 },
      { id: third, queuePosition: 2 },
    ],
  })

  // What was removed can be put back, until a person has read that.
  const queue = page.getByRole('region', { name: 'Queue' })
  await expect(queue.getByRole('button', { name: 'Put back', exact: true })).toBeVisible()
  await queue.getByRole('button', { name: 'Dismiss', exact: true }).click()

  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(queue).toBeHidden({ timeout: 3 * 60_000 })
  await expect
    .poll(async () => runStates(home), { timeout: 3 * 60_000 })
    .toEqual({ [first]: 'stopped', [third]: 'done', [fourth]: 'done' })
  await expect(pill(page, /Done|Stopped/)).toBeVisible()

  async function runStates(of: string): Promise<Record<number, string>> {
    const runs = await valueOf<{ id: number; state: string }[]>(of, 'runs')
    return Object.fromEntries(runs.filter(({ id }) => id >= first).map(({ id, state }) => [id, state]))
  }
}
