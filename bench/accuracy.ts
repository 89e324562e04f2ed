import { requestFor } from '../core/run/presets.ts'
import type { PresetId, RunConfig } from '../core/run/run.ts'
import { fittedToTime } from '../core/run/timeBudget.ts'
import type { BenchData } from './cases.ts'
import type { ConvLab } from './contestants/convLab.ts'
import type { AccuracyResult } from './results.ts'

/** A run to an accuracy: a preset, its schedule fitted to so many seconds of training. */
interface Plan {
  readonly preset: PresetId
  readonly seed: number
  readonly budget: number
}

/** What every whole bench trains. */
const always: readonly Plan[] = [{ preset: 'quick', seed: 1, budget: 90 }]

/** Trained too if asked for: two more seeds, and the Deep network for ten minutes. */
const fully: readonly Plan[] = [
  { preset: 'quick', seed: 2, budget: 90 },
  { preset: 'quick', seed: 3, budget: 90 },
  { preset: 'deep', seed: 1, budget: 600 },
]

/** Evaluations during a run. They show its progress and do not count as training time. */
const evaluations = 10

async function trained(lab: ConvLab, config: RunConfig, steps: number): Promise<AccuracyResult['evaluations']> {
  const made: AccuracyResult['evaluations'][number][] = []
  let seconds = 0
  for await (const event of lab.events({ config, goal: steps, evaluateEvery: Math.ceil(steps / evaluations) })) {
    if (event.kind === 'steps') seconds = event.seconds[event.seconds.length - 1]
    if (event.kind === 'evaluated')
      made.push({ step: event.evaluation.step, seconds, accuracy: event.evaluation.accuracy })
  }
  return made
}

/** Trains presets on CIFAR-10 to the end of their schedules, and returns the accuracy during the run and at its end. */
export async function accuracies(
  lab: ConvLab,
  { card, prepared }: BenchData,
  full: boolean,
  tell: (text: string) => void,
): Promise<AccuracyResult[]> {
  const results: AccuracyResult[] = []
  for (const { preset, seed, budget } of [...always, ...(full ? fully : [])]) {
    const own = requestFor(preset, card, prepared, { seed })
    // As the app does when someone says how many minutes a run may take.
    const { config, goal } = fittedToTime(own, budget, await lab.secondsPerStep(own))
    tell(`The preset ${preset}, seed ${seed}: ${goal} steps, ${budget} seconds`)
    results.push({
      preset,
      seed,
      budget,
      steps: goal,
      flips: config.evaluation.flips,
      evaluations: await trained(lab, config, goal),
    })
  }
  return results
}
