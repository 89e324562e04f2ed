import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { Range } from '../../core/numbers/range.ts'
import type { SettingRange } from '../../core/numbers/settingRange.ts'
import type { Optimizer, PresetId, RunConfig, RunSummary, Schedule } from '../../core/run/run.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { epochsOf } from './runFigures.ts'

/** The display name of a run's data set; its id if the set is no longer known. */
export function datasetName(datasets: readonly DatasetEntry[], id: string): string {
  return datasets.find((entry) => entry.id === id)?.name ?? id
}

export function presetName(id: PresetId): string {
  return {
    seed: m.preset_seed,
    quick: m.preset_quick,
    deep: m.preset_deep,
    digits: m.preset_digits,
    clothes: m.preset_clothes,
  }[id]()
}

/** What a preset is for, in a few words. */
export function presetPurpose(id: PresetId): string {
  return {
    seed: m.preset_for_seed,
    quick: m.preset_for_quick,
    deep: m.preset_for_deep,
    digits: m.preset_for_digits,
    clothes: m.preset_for_clothes,
  }[id]()
}

/** The network that a run was begun with, as it was called then. */
export function networkName({ preset, network }: Pick<RunSummary, 'preset' | 'network'>): string {
  return network?.name ?? presetName(preset)
}

export function optimizerName({ kind }: Pick<Optimizer, 'kind'>): string {
  return { adam: m.optimizer_adam, adamw: m.optimizer_adamw, sgd: m.optimizer_sgd }[kind]()
}

export function scheduleName({ kind }: Pick<Schedule, 'kind'>): string {
  return {
    constant: m.schedule_constant,
    step: m.schedule_step,
    cosine: m.schedule_cosine,
    'one-cycle': m.schedule_one_cycle,
  }[kind]()
}

/** What the default schedule of a kind does to the learning rate, in a few words. */
export function scheduleHint({ kind }: Pick<Schedule, 'kind'>): string {
  return {
    constant: m.schedule_constant_hint,
    step: m.schedule_step_hint,
    cosine: m.schedule_cosine_hint,
    'one-cycle': m.schedule_one_cycle_hint,
  }[kind]()
}

/** The range of a cycled momentum, from its start to its turning point: 0.95–0.85. */
export function cycleText({ min, max }: { readonly min: number; readonly max: number }, format: Formats): string {
  return `${format.figures(max)}–${format.figures(min)}`
}

/** Whether any distortion is on. */
export function isDistorted(config: RunConfig): boolean {
  const { pad, randomCrop, flip, rotation, shift, hue, contrast, brightness, saturation, cutout, mixup } =
    config.augmentation
  const changes = randomCrop || flip || rotation > 0 || shift > 0 || hue > 0 || brightness > 0
  return changes || [pad, contrast, saturation, cutout, mixup].some((setting) => setting !== null)
}

/** learning rate 0.001 · batch 100 · seed 1 */
export function keySettings(run: RunSummary, format: Formats): string {
  const { schedule, batch, seed } = run.config
  const parts = [
    m.key_learning_rate({ value: format.figures(schedule.learningRate) }),
    m.key_batch({ value: format.whole(batch) }),
    m.key_seed({ value: String(seed) }),
  ]
  return (isDistorted(run.config) ? parts : [...parts, m.key_no_distortion()]).join(' · ')
}

/**
 * In sentences: at which step and epoch a run's best evaluation was measured, on which images it was chosen, and, if so,
 * that mirror images were measured too.
 */
export function bestNote(run: RunSummary, format: Formats): string {
  const { best, config } = run
  const { validationShare } = config.data
  const at =
    best === null
      ? []
      : [m.best_at({ step: format.whole(best.step), epoch: format.decimal(epochsOf(run, best.step), 2) })]
  const chosen =
    validationShare === 0 ? m.best_on_test() : m.best_on_validation({ share: format.percent(validationShare, 0) })
  return [...at, chosen, ...(config.evaluation.flips ? [m.measured_with_flips()] : [])].join(' ')
}

/** The valid values of a field, as a sentence. */
export function rangeSentence({ min, max, whole, includesMin }: Range, optional: boolean, format: Formats): string {
  const ends = { min: format.figures(min), max: whole ? format.whole(max) : format.figures(max) }
  const said = whole ? m.range_whole(ends) : includesMin ? m.range_from(ends) : m.range_above(ends)
  return optional ? `${said} ${m.range_or_empty()}` : said
}

/** The valid values of a setting, as a sentence; one without limits takes any number. */
export function settingRangeSentence(range: SettingRange, format: Formats): string {
  if (!Number.isFinite(range.min) || !Number.isFinite(range.max)) return m.range_any()
  if (range.includesMax) return rangeSentence(range, false, format)
  return m.range_below({ min: format.figures(range.min), max: format.figures(range.max) })
}
