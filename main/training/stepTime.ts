import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LabError, refuse } from '../../core/words/problems.ts'
import { limitsOf } from '../../core/numbers/range.ts'
import { Goal, type RunRequest } from '../../core/run/run.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'

/** Steps that are not counted, because memory is allocated in the first ones. */
const warmUp = 3
/** Counts at least this many steps, and continues until this many seconds have passed. */
const fewest = 5
const enoughSeconds = 4

/**
 * Training seconds per step of a request: the mean of some steps, which are then discarded. The mean and not the
 * median, because occasional slow steps slow down a run as well. Nothing enters the history: the files are in a
 * temporary folder, which is removed afterwards.
 * @throws LabError when the request cannot be trained, or `lab-closing` when the signal is aborted.
 */
export async function measureStepTime(
  { config }: RunRequest,
  { engine, dataFolder, signal }: { engine: EngineHost; dataFolder: string; signal: AbortSignal },
): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-measuring-'))
  const never = limitsOf(Goal).max
  // Where a branch begins changes no step's time.
  const begun = { ...config }
  delete begun.from
  const order = {
    run: 1,
    config: begun,
    dataFolder,
    checkpointFolder: folder,
    from: null,
    branchPoint: null,
    threads: null,
    evaluated: false,
    goal: never,
    evaluateEvery: never,
    checkpointEvery: never,
    bestAccuracy: null,
    patience: null,
    evaluationsSinceBest: 0,
    healthEvery: 0,
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
