import { percentOf } from '../../core/numbers/range.ts'
import type { RunChoices } from '../../core/run/choices.ts'
import type { PresetId } from '../../core/run/run.ts'
import type { RunForm } from './runForm.ts'

/** The form that says these choices on top of a preset. */
export function formOfChoices(preset: PresetId, choices: RunChoices): RunForm {
  const { batch, learningRate, goal, seed, evaluateEvery, momentum, weightDecay } = choices
  const { clipNorm, warmUpSteps, validationShare, patience, healthEvery } = choices
  const entered: Record<string, number | null | undefined> = {
    batch,
    learningRate,
    goal,
    seed,
    evaluateEvery,
    momentum,
    weightDecay,
    clipNorm,
    // An empty field means none.
    warmUpSteps: warmUpSteps === 0 ? null : warmUpSteps,
    validationPercent: validationShare === undefined ? undefined : percentOf(validationShare),
    patience,
    healthEvery,
  }
  return {
    preset,
    optimizer: choices.optimizer ?? null,
    schedule: choices.schedule ?? null,
    distort: choices.distort ?? true,
    entered: Object.fromEntries(Object.entries(entered).filter(([, value]) => value !== undefined)),
  }
}
