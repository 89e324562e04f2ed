import { choiceRanges, type RunChoices } from '../../core/run/choices.ts'
import { chosenOptimizer, startingLearningRate } from '../../core/run/optimizerChoices.ts'
import { labPreset, presets, suggestedPreset, usualSeed } from '../../core/run/presets.ts'
import { inPercent, isWithin, type Range } from '../../core/numbers/range.ts'
import type { Optimizer, PresetId, Schedule } from '../../core/run/run.ts'
import { chosenSchedule } from '../../core/run/scheduleChoices.ts'
import { minutesRange } from '../../core/run/timeBudget.ts'

/** The range of each number in the form; shares are entered in percent. */
export const formRanges = {
  batch: choiceRanges.batch,
  learningRate: choiceRanges.learningRate,
  goal: choiceRanges.goal,
  seed: choiceRanges.seed,
  evaluateEvery: choiceRanges.evaluateEvery,
  momentum: choiceRanges.momentum,
  weightDecay: choiceRanges.weightDecay,
  clipNorm: choiceRanges.clipNorm,
  warmUpSteps: choiceRanges.warmUpSteps,
  validationPercent: inPercent(choiceRanges.validationShare),
  patience: choiceRanges.patience,
  healthEvery: choiceRanges.healthEvery,
  minutes: minutesRange,
} satisfies Record<string, Range>

/** The numbers that make up a run. */
export type FormNumber = Exclude<keyof typeof formRanges, 'minutes'>

/** Null for an empty field, NaN for text that is not a number. */
export type FormNumbers = Readonly<Record<FormNumber, number | null>>

/** The choices for a run. Everything unchanged follows from the preset and from the kinds of optimizer and schedule. */
export interface RunForm {
  readonly preset: PresetId
  /** Null: the preset's. */
  readonly optimizer: Optimizer['kind'] | null
  /** Null: the preset's. */
  readonly schedule: Schedule['kind'] | null
  readonly distort: boolean
  /** The numbers that a person entered. */
  readonly entered: Partial<FormNumbers>
}

/** The form of a preset, with nothing changed. */
export function untouched(preset: PresetId): RunForm {
  return { preset, optimizer: null, schedule: null, distort: true, entered: {} }
}

/** A fresh form with another preset. The seed is kept, because presets do not define one. */
export function withPreset({ entered: { seed } }: RunForm, preset: PresetId): RunForm {
  return { ...untouched(preset), entered: seed === undefined ? {} : { seed } }
}

/**
 * The form for another data set: a fresh one with the preset made for that set, unless more than the seed was changed.
 */
export function withDataset(form: RunForm, dataset: string): RunForm {
  const fitting = suggestedPreset(dataset) ?? labPreset
  return fitting !== form.preset && isUntouched(form) ? withPreset(form, fitting) : form
}

/** Whether nothing but the seed was changed. */
function isUntouched({ optimizer, schedule, distort, entered }: RunForm): boolean {
  return optimizer === null && schedule === null && distort && Object.keys(entered).every((field) => field === 'seed')
}

function without(entered: RunForm['entered'], ...fields: readonly FormNumber[]): RunForm['entered'] {
  return Object.fromEntries(Object.entries(entered).filter(([field]) => !fields.some((one) => one === field)))
}

/** A form with another optimizer. What was entered for the previous one is dropped. */
export function withOptimizer(form: RunForm, optimizer: Optimizer['kind']): RunForm {
  return { ...form, optimizer, entered: without(form.entered, 'momentum', 'weightDecay') }
}

/** A form with another schedule. A momentum that was entered is dropped, since a schedule may cycle it. */
export function withSchedule(form: RunForm, schedule: Schedule['kind']): RunForm {
  return { ...form, schedule, entered: without(form.entered, 'momentum') }
}

/** Optimizer and schedule before any number is entered. The schedule is as long as the run. */
export function startOf(form: RunForm): { optimizer: Optimizer; schedule: Schedule } {
  const preset = presets[form.preset]
  const { goal } = form.entered
  const steps = goal !== undefined && goal !== null && isWithin(formRanges.goal, goal) ? goal : preset.goal
  const kind = form.optimizer ?? undefined
  const learningRate = startingLearningRate(preset.optimizer, preset.learningRate, kind)
  return {
    optimizer: chosenOptimizer(preset.optimizer, { optimizer: kind }),
    schedule: chosenSchedule(preset.schedule(learningRate, steps), steps, { schedule: form.schedule ?? undefined }),
  }
}

/** The range in which the schedule cycles the momentum; null if the optimizer's own momentum stays constant. */
export function cycledMomentum(schedule: Schedule): { readonly min: number; readonly max: number } | null {
  return schedule.kind === 'one-cycle' ? schedule.momentum : null
}

/** The numbers in the form before any is entered. */
export function startingNumbers(form: RunForm): FormNumbers {
  const { batch, goal, evaluateEvery } = presets[form.preset]
  const { optimizer, schedule } = startOf(form)
  const ownMomentum = optimizer.kind === 'sgd' ? optimizer.momentum : optimizer.beta1
  return {
    batch,
    learningRate: schedule.learningRate,
    goal,
    seed: usualSeed,
    evaluateEvery,
    momentum: cycledMomentum(schedule) === null ? ownMomentum : null,
    weightDecay: optimizer.kind === 'adam' ? null : optimizer.weightDecay,
    clipNorm: optimizer.clipNorm,
    warmUpSteps: schedule.warmUp?.steps ?? null,
    validationPercent: null,
    patience: null,
    healthEvery: null,
  }
}

/** The numbers in the form. */
export function numbersOf(form: RunForm): FormNumbers {
  return { ...startingNumbers(form), ...form.entered }
}

/**
 * Whether a number applies to the chosen optimizer and schedule. Adam has no weight decay; one cycle has its own
 * warm-up.
 */
export function applies(form: RunForm, field: FormNumber): boolean {
  const { optimizer, schedule } = startOf(form)
  if (field === 'weightDecay') return optimizer.kind !== 'adam'
  if (field === 'warmUpSteps') return schedule.kind !== 'one-cycle'
  return true
}

const mayBeEmpty: ReadonlySet<FormNumber> = new Set([
  'clipNorm',
  'warmUpSteps',
  'validationPercent',
  'patience',
  'healthEvery',
])

/**
 * Whether a field may be empty. Empty means "none"; for the momentum it means that the schedule sets it, for the
 * interval of health that it is the usual one.
 */
export function isOptional(form: RunForm, field: FormNumber): boolean {
  if (field === 'momentum') return cycledMomentum(startOf(form).schedule) !== null
  return mayBeEmpty.has(field)
}

/** The range of a field. A warm-up must be shorter than its run. */
export function rangeOf(form: RunForm, field: FormNumber): Range {
  const range = formRanges[field]
  const { goal } = numbersOf(form)
  if (field !== 'warmUpSteps' || goal === null || !isWithin(formRanges.goal, goal)) return range
  return { ...range, max: Math.min(range.max, goal - 1) }
}

/** Whether the value of a field is valid. */
export function fits(form: RunForm, field: FormNumber): boolean {
  const value = numbersOf(form)[field]
  return value === null ? isOptional(form, field) : isWithin(rangeOf(form, field), value)
}

/** Fields that apply but hold an invalid value. */
export function unfitFields(form: RunForm): FormNumber[] {
  return fieldNames.filter((field) => applies(form, field) && !fits(form, field))
}

/** Fields that apply and differ from their starting value. */
export function changedFields(form: RunForm): FormNumber[] {
  const start = startingNumbers(form)
  const now = numbersOf(form)
  return fieldNames.filter((field) => applies(form, field) && !Object.is(start[field], now[field]))
}

/** Rarely changed fields; the form shows them on demand. */
export const seldomChanged: readonly FormNumber[] = [
  'momentum',
  'weightDecay',
  'clipNorm',
  'warmUpSteps',
  'validationPercent',
  'patience',
  'healthEvery',
]

const fieldNames = (Object.keys(formRanges) as (keyof typeof formRanges)[]).filter((field) => field !== 'minutes')

/** The choices of a form whose fields are all valid. Unchanged fields are left to the preset. */
export function choicesOf(form: RunForm): RunChoices {
  const changed = new Set(changedFields(form))
  const { momentum, weightDecay, clipNorm, warmUpSteps, validationPercent, patience, healthEvery, ...numbers } =
    numbersOf(form)
  const given = (value: number | null): number | undefined => value ?? undefined
  return {
    // A batch size that was not entered depends on the images too, so it is left to the preset.
    batch: given(form.entered.batch ?? null),
    learningRate: given(numbers.learningRate),
    goal: given(numbers.goal),
    seed: given(numbers.seed),
    evaluateEvery: given(numbers.evaluateEvery),
    distort: form.distort,
    optimizer: form.optimizer ?? undefined,
    schedule: form.schedule ?? undefined,
    momentum: changed.has('momentum') ? given(momentum) : undefined,
    weightDecay: changed.has('weightDecay') ? given(weightDecay) : undefined,
    clipNorm: changed.has('clipNorm') ? clipNorm : undefined,
    warmUpSteps: changed.has('warmUpSteps') ? (warmUpSteps ?? 0) : undefined,
    validationShare: (validationPercent ?? 0) / 100,
    patience,
    ...(healthEvery === null ? {} : { healthEvery }),
  }
}
