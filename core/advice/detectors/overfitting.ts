import { isUndistorted } from '../../run/augmentation.ts'
import type { Detector, Remedy } from '../hint.ts'
import { levelOf } from '../levels.ts'
import type { ObservedRun } from '../observedRun.ts'

/** Evaluations after the lowest loss, at least. */
const after = 3

/** How many times the lowest loss the last ones must be. */
const risen = 1.1

/** How far the training accuracy must be above that of the images that do not train. */
const gap = 0.08

function remediesFor({ config, checkpoints }: ObservedRun, lowest: number): Remedy[] {
  const at = checkpoints.filter((step) => step > 0 && step <= lowest).at(-1)
  const distort = isUndistorted(config.augmentation)
  return [
    ...(distort && at !== undefined ? [{ kind: 'branch' as const, at, changes: { distort } }] : []),
    { kind: 'anew', changes: distort ? { distort } : { patience: after } },
  ]
}

/** A loss of images that do not train that rises while the loss of those that do still falls. */
export const overfitting: Detector = (run) => {
  const measured = run.evaluations.map(({ step, loss, accuracy, validation }) => ({
    step,
    loss: validation?.loss ?? loss,
    accuracy: validation?.accuracy ?? accuracy,
  }))
  if (measured.length <= after) return null
  const lowest = measured.reduce((one, other) => (other.loss < one.loss ? other : one))
  const last = measured.slice(-after)
  if (last[0].step <= lowest.step) return null
  const ended = last.reduce((sum, { loss }) => sum + loss, 0) / after
  const middle = lowest.step / run.step
  const [before, now] = [
    levelOf(run.loss, run, { from: Math.max(0, middle - 0.1), to: Math.min(1, middle + 0.05) }),
    levelOf(run.loss, run, { from: 0.9, to: 1 }),
  ]
  const trained = levelOf(run.accuracy, run, { from: 0.9, to: 1 })
  if (before === null || now === null || trained === null) return null
  if (ended < risen * lowest.loss || now >= before || trained < last[after - 1].accuracy + gap) return null
  return {
    kind: 'overfitting',
    evidence: { from: lowest.step, to: run.step, lowest: lowest.loss, last: ended },
    lesson: 'distortion',
    remedies: remediesFor(run, lowest.step),
  }
}
