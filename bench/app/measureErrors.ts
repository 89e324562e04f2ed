import { rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { homePlaces } from '../../main/files/places.ts'
import type { BenchData } from '../cases.ts'
import type { ErrorsResult } from '../results.ts'
import { AppWindow } from './appWindow.ts'
import { requestOf, startRun } from './training.ts'

/** How long a run trains between two checkpoints, in milliseconds. */
const between = 500

/** Seconds until the errors of a checkpoint are there, all of its test images counted. */
async function errorsOf({ client }: AppWindow, run: number, checkpoint: number): Promise<number> {
  const asked = performance.now()
  for await (const event of await client.errors.compute({ run, checkpoint }))
    if (event.kind === 'done') return (performance.now() - asked) / 1000
  throw new Error('the pass ended without a report')
}

/**
 * Measures the page Errors without its drawing, at rest: the first pass over the test set of CIFAR-10 after the app has
 * started, which also starts the engine that looks inside; a pass with that engine up; and the answer of the second
 * time.
 */
export async function measureErrors(
  program: string,
  home: string,
  data: BenchData,
  rounds: number,
): Promise<ErrorsResult> {
  const [cold, warm, again]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    // Equal runs have equal checkpoints, whose passes an earlier round has stored.
    await rm(homePlaces(home).testPasses, { recursive: true, force: true })
    const window = await AppWindow.open(program, home)
    try {
      const run = await startRun(window, requestOf(data, 100))
      await window.client.runs.pause({ run })
      await window.client.runs.resume({ run })
      await pause(between)
      await window.client.runs.pause({ run })
      const { checkpoints } = await window.client.runs.detail({ run })
      const [first, ...others] = checkpoints.map(({ step }) => step)
      cold.push(await errorsOf(window, run, first))
      for (const step of others) warm.push(await errorsOf(window, run, step))
      again.push(await errorsOf(window, run, first))
    } finally {
      await window.close()
    }
  }
  return { images: data.card.sizes.test, cold, warm, again }
}
