import { limitsOf } from '../../numbers/range.ts'
import { Goal } from '../../run/run.ts'
import { paceAt } from '../../run/schedule.ts'
import type { Detector } from '../hint.ts'
import { chanceLoss, errorOf, levelOf, onOthers, stepsOf } from '../levels.ts'
import type { ObservedRun } from '../observedRun.ts'

const parts = { before: { from: 0.6, to: 0.8 }, last: { from: 0.8, to: 1 } } as const

/**
 * The share of everything learned since guessing that a loss must still have fallen by: that of the batches in the last
 * fifth, that of images that do not train in the second half. At a constant rate every run goes on to fall a little.
 */
const stillFalls = { batches: 0.05, others: 0.08 } as const

/** How many times its error the training loss must have fallen. Where the other images say it, it may have risen by once. */
const timesError = { alone: 1.5, others: -1 } as const

/** Evaluations in the second half of a run, at least, that can confirm it. */
const fewestEvaluations = 3

/** With more of the training images right there is little left to learn. */
const learned = 0.95

/** A schedule that has brought the rate below this share has ended on purpose. */
const notOver = 0.2

/** Losses at the two ends of a part of a run. */
interface Fall {
  readonly from: number
  readonly before: number
  readonly last: number
}

/**
 * How the loss on images that do not train fell over the second half of a run, down to its lowest at the end; null where it
 * did not, or not far. These images are neither distorted nor drawn anew, so a fall that the noise of the batches hides
 * shows in them.
 */
function fallOnOthers(run: ObservedRun): Fall | null {
  const measured = onOthers(run)
  const later = measured.filter(({ step }) => step >= run.step / 2)
  if (later.length < fewestEvaluations) return null
  const [{ step: from, loss: before }] = later
  const last = later[later.length - 1].loss
  if (measured.some(({ loss }) => loss < last)) return null
  return before - last < stillFalls.others * (chanceLoss(run) - last) ? null : { from, before, last }
}

/** A run whose loss still fell when it was over, at a rate that still had something to give. */
export const endedImproving: Detector = (run) => {
  const { config, state, step, goal, loss } = run
  if (state !== 'done' || step < goal) return null
  const { schedule } = config
  if (paceAt(schedule, step).learningRate < notOver * schedule.learningRate) return null
  const before = levelOf(loss, run, parts.before)
  const last = levelOf(loss, run, parts.last)
  const error = errorOf(loss, run, parts.last)
  const accuracy = levelOf(run.accuracy, run, parts.last)
  if (before === null || last === null || error === null || accuracy === null || accuracy > learned) return null
  const others = fallOnOthers(run)
  const fall = before - last
  if (fall <= (others === null ? timesError.alone : timesError.others) * Math.SQRT2 * error) return null
  if (others === null) {
    if (fall < stillFalls.batches * (chanceLoss(run) - last)) return null
    // What falls only on the images that train is overfitting.
    const measured = run.evaluations.slice(-2)
    if (measured.length === 2 && measured[1].loss >= measured[0].loss) return null
  }
  const longer = Math.min(limitsOf(Goal).max, 2 * goal)
  return {
    kind: 'ended-improving',
    evidence: { to: step, ...(others ?? { from: stepsOf(run, parts.before).from, before, last }) },
    lesson: 'landscape',
    remedies: [
      schedule.kind === 'constant' ? { kind: 'continue', goal: longer } : { kind: 'anew', changes: { goal: longer } },
    ],
  }
}
