import { enteredNumber } from '../text/enteredNumber.ts'
import type { Language } from '../../core/words/language.ts'
import { isWithin } from '../../core/numbers/range.ts'
import type { RunRequest } from '../../core/run/run.ts'
import type { SweepValue } from '../../core/sweep/settingPath.ts'
import { isWholeSetting, type SweepSetting } from '../../core/sweep/sweepSettings.ts'
import { SweepPlan, type SweepAxis } from '../../core/sweep/sweepPlan.ts'

/** A setting in the form of a new sweep: numbers as a list or a range, kinds and switches by what is ticked. */
export interface AxisForm {
  readonly setting: string
  readonly mode: 'list' | 'range'
  /** Numbers as typed, with blanks or semicolons between them. */
  readonly text: string
  readonly from: number | null
  readonly to: number | null
  readonly scale: 'linear' | 'log'
  /** Of a grid: so many values of the range. */
  readonly count: number | null
  readonly ticked: readonly SweepValue[]
}

/** The form of a new sweep. Null is an empty field, NaN what is no number. */
export interface SweepForm {
  readonly axes: readonly AxisForm[]
  readonly method: 'grid' | 'random'
  /** Of random points. */
  readonly points: number | null
  readonly seeds: number | null
  readonly halves: boolean
  readonly firstSteps: number | null
  readonly factor: number | null
  readonly minutes: number | null
  readonly runs: number | null
}

export const newSweep: SweepForm = {
  axes: [],
  method: 'grid',
  points: 20,
  seeds: 1,
  halves: false,
  firstSteps: null,
  factor: 3,
  minutes: null,
  runs: null,
}

/** Settings whose values are usually told apart by their ratio. */
const byRatio: readonly string[] = ['rate', 'weight-decay', 'clip-norm']

/** How a setting stands in the form when it is added: around what it is now. */
export function newAxis(setting: SweepSetting, text: (value: number) => string): AxisForm {
  const empty = { setting: setting.name, text: '', from: null, to: null, count: 4, ticked: [] }
  const scale = byRatio.includes(setting.name) ? 'log' : 'linear'
  if (setting.kind === 'choice') return { ...empty, mode: 'list', scale, ticked: [...setting.options] }
  if (setting.kind === 'switch') return { ...empty, mode: 'list', scale, ticked: [true, false] }
  const now = setting.value ?? 0
  const near = [now / 2, now, now * 2]
    .map((value) => (setting.range.whole ? Math.round(value) : Number(value.toPrecision(4))))
    .filter((value) => isWithin(setting.range, value))
  const values = [...new Set(near)]
  return {
    ...empty,
    mode: 'list',
    scale,
    text: values.map(text).join(' '),
    from: values.at(0) ?? null,
    to: values.at(-1) ?? null,
  }
}

/** The numbers in a text; null where one of its words is none. */
export function numbersIn(text: string, language: Language): number[] | null {
  const words = text.split(/[\s;]+/).filter((word) => word !== '')
  const numbers = words.map((word) => enteredNumber(word, language))
  return numbers.every((number) => number !== null) ? numbers : null
}

/** The axis that a setting of the form means; null where something in it is not filled in or wrong. */
export function axisOf(
  base: RunRequest,
  setting: SweepSetting,
  form: AxisForm,
  method: SweepForm['method'],
  language: Language,
): SweepAxis | null {
  const named = { setting: setting.name }
  if (setting.kind !== 'number')
    return form.ticked.length === 0 ? null : { ...named, values: { kind: 'list', list: [...form.ticked] } }
  const fits = (value: number | null): value is number => value !== null && isWithin(setting.range, value)
  if (form.mode === 'list') {
    const list = [...new Set(numbersIn(form.text, language) ?? [NaN])]
    return list.length > 0 && list.every(fits) ? { ...named, values: { kind: 'list', list } } : null
  }
  const { from, to, scale, count } = form
  if (!fits(from) || !fits(to) || from >= to || (scale === 'log' && from <= 0)) return null
  if (method === 'grid' && !(count !== null && Number.isInteger(count) && count >= 2 && count <= 1000)) return null
  const whole = isWholeSetting(base, setting.name)
  return { ...named, values: { kind: 'range', scale, from, to, whole, count: method === 'grid' ? count : null } }
}

/** Steps of the first rung where nobody has said: a ninth of all. */
export function usualFirstSteps(goal: number): number {
  return Math.max(1, Math.round(goal / 9))
}

/** The plan that the form means; null where something is missing or wrong. */
export function planOf(
  base: RunRequest,
  settings: readonly SweepSetting[],
  form: SweepForm,
  language: Language,
): SweepPlan | null {
  const axes = form.axes.map((axis) => {
    const setting = settings.find(({ name }) => name === axis.setting)
    return setting === undefined ? null : axisOf(base, setting, axis, form.method, language)
  })
  if (!axes.every((axis) => axis !== null)) return null
  const read = SweepPlan.safeParse({
    format: 1,
    base: form.halves ? { ...base, patience: null } : base,
    axes,
    points: form.method === 'grid' ? { kind: 'grid' } : { kind: 'random', count: form.points },
    seeds: form.seeds,
    seed: base.config.seed,
    halving: form.halves ? { firstSteps: form.firstSteps ?? usualFirstSteps(base.goal), factor: form.factor } : null,
    budget: { minutes: form.minutes, runs: form.runs },
  })
  return read.success ? read.data : null
}
