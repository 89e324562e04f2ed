import { limitsOf } from '../../numbers/range.ts'
import { Goal } from '../../run/run.ts'
import { paceAt } from '../../run/schedule.ts'
import type { Detector } from '../hint.ts'
import { errorOf, levelOf, stepsOf } from '../levels.ts'

const parts = { before: { from: 0.6, to: 0.8 }, last: { from: 0.8, to: 1 } } as const

/** The share of the loss by which it must still have fallen, and how many times its error. */
const stillFalls = 0.05
const timesError = 1.5

/** With more of the training images right there is little left to learn. */
const learned = 0.95

/** A schedule that has brought the rate below this share has ended on purpose. */
const notOver = 0.2

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
  if (before - last < stillFalls * before || before - last < timesError * Math.SQRT2 * error) return null
  // What falls only on the images that train is overfitting.
  const measured = run.evaluations.slice(-2)
  if (measured.length === 2 && measured[1].loss >= measured[0].loss) return null
  const longer = Math.min(limitsOf(Goal).max, 2 * goal)
  return {
    kind: 'ended-improving',
    evidence: { ...stepsOf(run, { from: 0.6, to: 1 }), before, last },
    lesson: 'landscape',
    remedies: [
      schedule.kind === 'constant' ? { kind: 'continue', goal: longer } : { kind: 'anew', changes: { goal: longer } },
    ],
  }
}
