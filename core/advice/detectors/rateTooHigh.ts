import type { Detector } from '../hint.ts'
import { chanceLoss, lastQuarter, levelOf } from '../levels.ts'
import type { ObservedRun } from '../observedRun.ts'
import { beginningAt, lowerRate, worthBranching } from '../remedies.ts'

/** How many times the loss of chance a batch's loss must be. Initial weights alone give up to twice as much. */
const exploded = 4

/** Below this share of the loss of chance, a run has got over what happened. */
const recovered = 0.9

/** The newest checkpoint before a step at which something had been learned; otherwise the initial weights, if kept. */
function soundWeights(run: ObservedRun, before: number): number | null {
  return worthBranching(run, before) ?? (run.checkpoints.includes(0) ? 0 : null)
}

/** A loss that explodes, or is no number any more. */
export const rateTooHigh: Detector = (run) => {
  const { loss, problem, state, config } = run
  const chance = chanceLoss(run)
  const at = loss.max.findIndex((value) => value > exploded * chance)
  const notFinite =
    state === 'failed' && (problem?.code === 'loss-not-finite' || problem?.code === 'weights-not-finite')
  if (at < 0 && !notFinite) return null
  const level = levelOf(loss, run, lastQuarter)
  if (!notFinite && level !== null && level < recovered * chance) return null
  const from = at < 0 ? run.step : at === 0 ? 0 : loss.step[at - 1]
  return {
    kind: 'rate-too-high',
    evidence: { from, to: run.step, loss: at < 0 ? null : loss.max[at], chance, rate: config.schedule.learningRate },
    lesson: 'landscape',
    remedies: [beginningAt(soundWeights(run, from), { learningRate: lowerRate(run) })],
  }
}
