import type { RequestChanges } from '../../run/changedRequest.ts'
import { paceAt } from '../../run/schedule.ts'
import type { Detector, Remedy } from '../hint.ts'
import { chanceLoss, errorOf, fewestSteps, levelOf, stepsOf } from '../levels.ts'
import type { ObservedRun } from '../observedRun.ts'
import { beginningAt, lowerRate, worthBranching } from '../remedies.ts'

/** From here on nothing may have happened. */
const flat = { early: { from: 0.27, to: 0.4 }, late: { from: 0.8, to: 1 } } as const

/** The share of the loss that counts as a change. */
const change = 0.03

/** With more of the training images right there is little left to learn. */
const learned = 0.93

/** A rate below this share of the largest is as good as none. */
const spent = 0.05

function remediesFor(run: ObservedRun): Remedy[] {
  const { schedule } = run.config
  const at = worthBranching(run, run.step)
  const isSpent = paceAt(schedule, Math.max(1, run.step)).learningRate < spent * schedule.learningRate
  const changes: RequestChanges =
    isSpent || at === null ? { schedule: 'one-cycle' } : { learningRate: lowerRate(run), schedule: 'constant' }
  return [beginningAt(at, changes)]
}

/** A loss that fell at first and has stood still since, though much is left to learn. */
export const plateau: Detector = (run) => {
  if (run.step < fewestSteps) return null
  const early = levelOf(run.loss, run, flat.early)
  const late = levelOf(run.loss, run, flat.late)
  const first = levelOf(run.loss, run, { from: 0, to: 0.1 })
  const error = errorOf(run.loss, run, flat.late)
  const accuracy = levelOf(run.accuracy, run, flat.late)
  if (early === null || late === null || first === null || error === null || accuracy === null) return null
  const begun = Math.min(first, chanceLoss(run))
  if (late > 0.95 * begun || accuracy > learned) return null
  if (early - late > change * late + error) return null
  return {
    kind: 'plateau',
    evidence: { ...stepsOf(run, { from: 0.3, to: 1 }), loss: late },
    lesson: 'landscape',
    remedies: remediesFor(run),
  }
}
