import * as m from '../../messages/compiled/messages.js'
import type { FormNumber } from '../../state/runForm.ts'
import type { TermId } from '../../text/terms/terms.ts'

const names: Readonly<Record<FormNumber, () => string>> = {
  batch: m.setting_batch,
  learningRate: m.setting_learning_rate,
  goal: m.setting_steps,
  seed: m.setting_seed,
  evaluateEvery: m.setting_evaluate_every,
  momentum: m.setting_momentum,
  weightDecay: m.setting_weight_decay,
  clipNorm: m.setting_clip_norm,
  warmUpSteps: m.setting_warm_up_steps,
  validationPercent: m.setting_validation,
  patience: m.setting_early_stopping,
  healthEvery: m.setting_health_every,
}

/** What a number of the form is called. */
export function formNumberName(field: FormNumber): string {
  return names[field]()
}

const terms: Readonly<Record<FormNumber, TermId>> = {
  batch: 'batch',
  learningRate: 'learning-rate',
  goal: 'goal',
  seed: 'seed',
  evaluateEvery: 'evaluate-every',
  momentum: 'momentum',
  weightDecay: 'weight-decay',
  clipNorm: 'gradient-clipping',
  warmUpSteps: 'warm-up',
  validationPercent: 'validation',
  patience: 'early-stopping',
  healthEvery: 'health-every',
}

/** The term of a number of the form. */
export function formNumberTerm(field: FormNumber): TermId {
  return terms[field]
}
