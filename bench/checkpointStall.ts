import type { RunConfig } from '../core/run/run.ts'
import type { ConvLab } from './contestants/convLab.ts'
import type { CheckpointResult } from './results.ts'
import { median } from './statistics.ts'

/** Steps of one run, and of those between two checkpoints. */
const steps = 48
const every = 8

interface Run {
  readonly wallSeconds: number
  readonly stepSeconds: readonly number[]
}

/** Trains a few steps, with a checkpoint every so many, and pauses. */
async function timedRun(lab: ConvLab, config: RunConfig, checkpointEvery: number): Promise<Run> {
  const ends: number[] = []
  let began = 0
  let ended = 0
  for await (const event of lab.events({ config, pauseAfter: steps, checkpointEvery })) {
    if (event.kind === 'ready') began = performance.now()
    if (event.kind === 'steps') ends.push(...event.seconds)
    if (event.kind === 'ended') ended = performance.now()
  }
  return { wallSeconds: (ended - began) / 1000, stepSeconds: ends.map((end, step) => end - (ends[step - 1] ?? 0)) }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/**
 * How long training stands still for a checkpoint. Compares, in turns, runs with checkpoints on the way and runs that
 * write only the first and the last one: the difference of their time outside of steps.
 */
export async function checkpointStall(lab: ConvLab, config: RunConfig, rounds: number): Promise<CheckpointResult> {
  // The run ends on a multiple of `every`, and its last checkpoint is written either way.
  const between = steps / every - 1
  const held: number[] = []
  const step: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const often = await timedRun(lab, config, every)
    const rarely = await timedRun(lab, config, steps)
    const outside = (run: Run): number => run.wallSeconds - total(run.stepSeconds)
    held.push((outside(often) - outside(rarely)) / between)
    step.push(median(rarely.stepSeconds))
  }
  return { held, step }
}
