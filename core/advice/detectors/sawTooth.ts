import type { Detector } from '../hint.ts'
import { fewestSteps, mean } from '../levels.ts'
import type { ObservedRun } from '../observedRun.ts'
import { branchOrAnew, lowerRate } from '../remedies.ts'

/** Fewer swings in the second half of a run say nothing. */
const fewest = 8

/**
 * How many times as far as the draw of the images explains the accuracy must swing, and how far at least. Evaluations
 * see the same images each time, so that neighbours share the luck of their draw.
 */
const timesChance = { batches: 1.8, evaluations: 1.4 } as const
const leastSwing = 0.05

/** An accuracy, and the number of images that it is of. */
interface Stretch {
  readonly step: number
  readonly accuracy: number
  readonly images: number
}

/**
 * How far the accuracies of neighbours differ, and how far they would by the draw of the images alone: an accuracy p of n
 * images deviates by sqrt(p (1 - p) / n).
 */
function swingsOf(
  stretches: readonly Stretch[],
): { swing: number; expected: number; from: number; last: number } | null {
  const later = stretches.slice(1)
  const first = stretches.at(0)
  if (first === undefined || later.length < fewest) return null
  const differences = later.map(({ accuracy }, before) => accuracy - stretches[before].accuracy)
  // A steady rise is no saw.
  const rise = mean(differences)
  const squares = differences.map((difference) => (difference - rise) ** 2)
  const byChance = later.map(({ accuracy, images }, before) => {
    const p = Math.min(0.99, Math.max(0.01, (accuracy + stretches[before].accuracy) / 2))
    return p * (1 - p) * (1 / images + 1 / stretches[before].images)
  })
  // A single jump is a collapse and no saw.
  const several = squares.toSorted((one, other) => one - other).slice(0, -1)
  return {
    swing: Math.sqrt(mean(several)),
    expected: Math.sqrt(mean(byChance)),
    from: first.step,
    last: later[later.length - 1].step,
  }
}

/** What is measured in the second half of a run, and how many times the draw of its images it must swing. */
function measured(run: ObservedRun): { stretches: Stretch[]; times: number }[] {
  const { accuracy, config, evaluations, data } = run
  const batches = accuracy.step.map((step, index) => ({
    step,
    accuracy: accuracy.mean[index],
    images: (step - (accuracy.step[index - 1] ?? 0)) * config.batch,
  }))
  // Where the set is gone its size is, too; any number that is small enough tells chance from swings.
  const images = data?.testImages ?? 500
  const tests = evaluations.map(({ step, accuracy: tested }) => ({ step, accuracy: tested, images }))
  const isLate = ({ step }: Stretch): boolean => step > run.step / 2
  return [
    { stretches: batches.filter(isLate), times: timesChance.batches },
    { stretches: tests.filter(isLate), times: timesChance.evaluations },
  ]
}

/** An accuracy that goes up and down much further than the draw of the images explains. */
export const sawTooth: Detector = (run) => {
  if (run.step < fewestSteps) return null
  const found = measured(run)
    .map(({ stretches, times }) => ({ swings: swingsOf(stretches), times }))
    .find(
      ({ swings, times }) => swings !== null && swings.swing >= Math.max(leastSwing, times * swings.expected),
    )?.swings
  if (found == null) return null
  const { from, last, swing, expected } = found
  return {
    kind: 'saw-tooth',
    evidence: { from, to: last, swing, expected },
    lesson: 'landscape',
    remedies: [branchOrAnew(run, run.step, { learningRate: lowerRate(run) })],
  }
}
