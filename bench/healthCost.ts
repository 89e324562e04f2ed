import { usualHealthEvery } from '../core/health/healthBatch.ts'
import type { RunConfig } from '../core/run/run.ts'
import type { ConvLab } from './contestants/convLab.ts'
import type { HealthCostResult } from './results.ts'

/** Measurements of health in a run of this part, without that of the initial weights. */
const measurements = 3

/** Seconds from the first step to the end of a run, all that lies between counted. */
async function wallSeconds(lab: ConvLab, config: RunConfig, steps: number, healthEvery: number): Promise<number> {
  let [began, ended] = [0, 0]
  for await (const event of lab.events({ config, pauseAfter: steps, healthEvery })) {
    if (event.kind === 'steps' && began === 0) began = performance.now()
    if (event.kind === 'ended') ended = performance.now()
  }
  return (ended - began) / 1000
}

/**
 * What measuring health at its usual interval costs a run: in turns, runs with it and without. The look at the initial
 * weights, which also builds its graph, comes before the first step and is not counted.
 */
export async function healthCost(
  lab: ConvLab,
  cases: readonly { readonly name: string; readonly config: RunConfig }[],
  rounds: number,
): Promise<HealthCostResult[]> {
  const results: HealthCostResult[] = []
  for (const { name, config } of cases) {
    const every = usualHealthEvery(config.batch)
    const steps = measurements * every
    const [without, measured]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      const turns = [
        { times: without, healthEvery: 0 },
        { times: measured, healthEvery: every },
      ]
      // Each goes first as often as the other: what else the computer does changes in the course of a round.
      for (const { times, healthEvery } of round % 2 === 0 ? turns : turns.toReversed())
        times.push(await wallSeconds(lab, config, steps, healthEvery))
    }
    results.push({ name, every, without, measured })
  }
  return results
}
