import type { SweepResult } from '../../core/sweep/measuredPoints.ts'
import type { SweepValue } from '../../core/sweep/sweepValue.ts'
import type { SweepSummary, SweepTrial } from '../../core/sweep/sweep.ts'
import { isNamedSetting, type NamedSetting } from '../../core/sweep/sweepSettings.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { optimizerName, scheduleName } from './labels.ts'
import { layerChoiceName } from './networkTexts.ts'
import { settingPathName } from './settingNames.ts'

const names: Readonly<Record<NamedSetting, () => string>> = {
  rate: m.setting_learning_rate,
  batch: m.setting_batch,
  optimizer: m.setting_optimizer,
  momentum: m.setting_momentum,
  'weight-decay': m.setting_weight_decay,
  'clip-norm': m.setting_clip_norm,
  schedule: m.setting_schedule,
  'warm-up': m.setting_warm_up_steps,
  steps: m.setting_steps,
  distortion: m.sweep_strength,
}

/** What a setting of a sweep is called. */
export function sweepSettingName(setting: string): string {
  return isNamedSetting(setting) ? names[setting]() : settingPathName(setting)
}

/** A value of a setting of a sweep. */
export function sweepValueText(setting: string, value: SweepValue, format: Formats): string {
  if (value === null) return m.value_none()
  if (typeof value === 'number') return format.figures(value)
  if (typeof value === 'boolean') return value ? m.sweep_on() : m.sweep_off()
  if (value === 'adam' || value === 'adamw' || value === 'sgd') return optimizerName({ kind: value })
  if (
    setting === 'schedule' &&
    (value === 'constant' || value === 'step' || value === 'cosine' || value === 'one-cycle')
  )
    return scheduleName({ kind: value })
  return choiceNames[`${setting}=${value}`]?.() ?? layerChoiceName(value)
}

/** Choices that are no layer's. */
const choiceNames: Readonly<Record<string, () => string>> = {
  'augmentation.pad.fill=zero': m.pad_fill_zero,
  'augmentation.pad.fill=reflect': m.pad_fill_reflect,
  'model.head.loss=hinge': m.loss_hinge,
  'model.head.loss=squared': m.loss_squared,
}

/** How a sweep stands, and why. */
export function sweepStateText({ state, reason, training, cluster }: SweepSummary): string {
  switch (reason) {
    case 'person':
      return m.sweep_paused()
    case 'run':
      return m.sweep_paused_run()
    case 'opened':
      return m.sweep_paused_opened()
    case 'trouble':
      return m.sweep_paused_trouble()
    case 'complete':
      return m.sweep_done()
    case 'runs':
      return m.sweep_done_runs()
    case 'minutes':
      return m.sweep_done_minutes()
    case null:
      if (state === 'cancelled') return m.sweep_cancelled()
      if (training !== null) return m.sweep_active()
      return cluster === null ? m.sweep_active_waits() : m.sweep_active_cluster()
  }
}

/** Where a trial stands, and why it got no farther. */
export function standingText({ standing, rungSteps, place, among }: SweepTrial, format: Formats): string {
  const at = {
    steps: format.whole(rungSteps),
    place: place === null ? '' : format.whole(place),
    among: format.whole(among),
  }
  switch (standing) {
    case 'training':
      return m.sweep_standing_training()
    case 'waiting':
      return m.sweep_standing_waiting(at)
    case 'finished':
      return m.sweep_standing_finished()
    case 'early':
      return m.sweep_standing_early(at)
    case 'held':
      return m.sweep_standing_held()
    case 'stopped':
      return m.sweep_standing_stopped()
    case 'failed':
      return m.sweep_standing_failed()
    case 'gone':
      return m.sweep_standing_gone()
  }
}

export function resultName(result: SweepResult): string {
  return {
    accuracy: m.sweep_result_accuracy,
    best: m.sweep_result_best,
    loss: m.sweep_result_loss,
    seconds: m.sweep_result_seconds,
  }[result]()
}

export function resultText(result: SweepResult, value: number, format: Formats): string {
  switch (result) {
    case 'accuracy':
    case 'best':
      return format.percent(value)
    case 'loss':
      return format.decimal(value, 3)
    case 'seconds':
      return format.duration(value)
  }
}
