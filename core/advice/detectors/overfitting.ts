import { isUndistorted } from '../../run/augmentation.ts'
import type { Evaluation } from '../../run/run.ts'
import type { Detector, Remedy } from '../hint.ts'
import { levelOf, mean, onOthers, type Part } from '../levels.ts'
import type { ObservedRun } from '../observedRun.ts'

/** Evaluations after the lowest loss, at least. */
const after = 3

/** How many times the lowest loss the last ones must be, and how far the training accuracy must be above the others. */
const rising = { risen: 1.1, gap: 0.08 } as const

/**
 * The same of images that are learned by heart: of the loss of others no more than this share is gained, while that of the
 * training images falls to this share. Softened labels and normalised activations keep a network from being sure of
 * itself, and so the loss of others from rising far.
 */
const byHeart = { gained: 0.03, fallen: 0.5, gap: 0.2 } as const

/** The parts of a run that are compared. */
const parts = { early: { from: 0.25, to: 0.5 }, late: { from: 0.5, to: 1 } } as const

function remediesFor({ config, checkpoints }: ObservedRun, lowest: number): Remedy[] {
  const at = checkpoints.filter((step) => step > 0 && step <= lowest).at(-1)
  const distort = isUndistorted(config.augmentation)
  return [
    ...(distort && at !== undefined ? [{ kind: 'branch' as const, at, changes: { distort } }] : []),
    { kind: 'anew', changes: distort ? { distort } : { patience: after } },
  ]
}

/** Whether the second half of a run improved the loss of the training images alone. */
function learnsByHeart(run: ObservedRun, measured: readonly Pick<Evaluation, 'step' | 'loss'>[]): boolean {
  const levelsOf = ({ from, to }: Part): number[] =>
    measured.filter(({ step }) => step > from * run.step && step <= to * run.step).map(({ loss }) => loss)
  const [early, late] = [levelsOf(parts.early), levelsOf(parts.late)]
  const [before, now] = [levelOf(run.loss, run, parts.early), levelOf(run.loss, run, parts.late)]
  if (early.length === 0 || late.length === 0 || before === null || now === null) return false
  return mean(late) >= (1 - byHeart.gained) * mean(early) && now <= byHeart.fallen * before
}

/** A loss of images that do not train that rises, or gains nothing, while the loss of those that do still falls. */
export const overfitting: Detector = (run) => {
  const measured = onOthers(run)
  if (measured.length <= after) return null
  const lowest = measured.reduce((one, other) => (other.loss < one.loss ? other : one))
  const last = measured.slice(-after)
  if (last[0].step <= lowest.step) return null
  const ended = mean(last.map(({ loss }) => loss))
  const middle = lowest.step / run.step
  const [before, now] = [
    levelOf(run.loss, run, { from: Math.max(0, middle - 0.1), to: Math.min(1, middle + 0.05) }),
    levelOf(run.loss, run, { from: 0.9, to: 1 }),
  ]
  const trained = levelOf(run.accuracy, run, { from: 0.9, to: 1 })
  if (before === null || now === null || trained === null) return null
  const gap = trained - last[after - 1].accuracy
  const rises = ended >= rising.risen * lowest.loss && gap >= rising.gap && now < before
  if (!rises && !(gap >= byHeart.gap && learnsByHeart(run, measured))) return null
  return {
    kind: 'overfitting',
    evidence: { from: lowest.step, to: run.step, lowest: lowest.loss, last: ended },
    lesson: 'distortion',
    remedies: remediesFor(run, lowest.step),
  }
}
