import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LabError, refuse } from '../../core/words/problems.ts'
import type { RunRequest } from '../../core/run/run.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'

/** Steps that are not counted: memory is laid out in the first ones. */
const warmUp = 3
/** Counted are so many steps at least, and then as many as come in so many seconds. */
const fewest = 5
const enoughSeconds = 4

/**
 * How long a step of a request takes, in seconds of training: the mean of some steps, trained and thrown away. The mean
 * and not the median, because what holds up a step now and then holds up a run as well. Nothing of it enters the
 * history: its files are in a temporary folder, which is gone afterwards.
 * @throws LabError when the request cannot be trained, or `lab-closing` when the signal is aborted.
 */
export async function measureStepTime(
  { config }: RunRequest,
  { engine, dataFolder, signal }: { engine: EngineHost; dataFolder: string; signal: AbortSignal },
): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-measuring-'))
  const never = 10_000_000
  const order = {
    run: 1,
    config,
    dataFolder,
    checkpointFolder: folder,
    from: null,
    threads: null,
    evaluated: false,
    goal: never,
    evaluateEvery: never,
    checkpointEvery: never,
    bestAccuracy: null,
    patience: null,
    evaluationsSinceBest: 0,
    pauseAfter: null,
  }
  const times: number[] = []
  try {
    // Leaving the loop ends the training, which then writes nothing.
    for await (const event of engine.train(order)) {
      if (signal.aborted) refuse('lab-closing', {})
      if (event.kind === 'ended' && event.problem !== null) throw new LabError(event.problem)
      if (event.kind !== 'steps') continue
      times.push(...event.seconds)
      const counted = times.length - warmUp
      if (counted >= fewest && times[times.length - 1] - times[warmUp - 1] >= enoughSeconds) break
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return (times[times.length - 1] - times[warmUp - 1]) / (times.length - warmUp)
}
