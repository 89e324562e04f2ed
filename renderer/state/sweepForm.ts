import { mostCounted, type AxisFault } from '../text/axisFaults.ts'
import { enteredNumber } from '../text/enteredNumber.ts'
import type { Language } from '../../core/words/language.ts'
import { isTaken } from '../../core/numbers/settingRange.ts'
import type { RunRequest } from '../../core/run/run.ts'
import type { SweepValue } from '../../core/sweep/sweepValue.ts'
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
  /** What is ticked of kinds and switches; of numbers null where one of the values is none. */
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
const byRatio: readonly string[] = ['rate', 'weight-decay', 'clip-norm', 'optimizer.epsilon']

/** How a setting stands in the form when it is added: around what it is now. */
export function newAxis(setting: SweepSetting, text: (value: number) => string): AxisForm {
  const empty = { setting: setting.name, text: '', from: null, to: null, count: 4, ticked: [] as readonly SweepValue[] }
  const scale = byRatio.includes(setting.name) ? 'log' : 'linear'
  if (setting.kind === 'choice') return { ...empty, mode: 'list', scale, ticked: [...setting.options] }
  if (setting.kind === 'switch') return { ...empty, mode: 'list', scale, ticked: [true, false] }
  const now = setting.value ?? 0
  const near = [now / 2, now, now * 2]
    .map((value) => (setting.range.whole ? Math.round(value) : Number(value.toPrecision(4))))
    .filter((value) => isTaken(setting.range, value))
  const values = [...new Set(near)]
  return {
    ...empty,
    mode: 'list',
    scale,
    ticked: setting.optional && setting.value === null ? [null] : [],
    text: values.map(text).join(' '),
    from: values.at(0) ?? null,
    to: values.at(-1) ?? null,
  }
}

/** The setting that a row of the form means, or what is wrong in it. */
export type ReadAxis = { readonly axis: SweepAxis } | { readonly fault: AxisFault }

type NumberSetting = Extract<SweepSetting, { kind: 'number' }>

function listOf(setting: NumberSetting, form: AxisForm, language: Language): readonly SweepValue[] | AxisFault {
  // Other blanks group the digits of a number.
  const words = form.text.split(/[ \t\n;]+/).filter((word) => word !== '')
  const none: SweepValue[] = setting.optional && form.ticked.includes(null) ? [null] : []
  const numbers: number[] = []
  for (const word of words) {
    const number = enteredNumber(word, language)
    if (number === null) return { kind: 'no-number', field: 'text', word }
    if (!isTaken(setting.range, number)) return { kind: 'out-of-range', field: 'text', value: number }
    if (numbers.includes(number)) return { kind: 'twice', field: 'text', word }
    numbers.push(number)
  }
  return numbers.length + none.length === 0 ? { kind: 'none-given', field: 'text' } : [...none, ...numbers]
}

function rangeOf(
  base: RunRequest,
  setting: NumberSetting,
  { from, to, scale, count }: AxisForm,
  method: SweepForm['method'],
): SweepAxis['values'] | AxisFault {
  if (from === null || !isTaken(setting.range, from)) return { kind: 'out-of-range', field: 'from', value: from }
  if (to === null || !isTaken(setting.range, to)) return { kind: 'out-of-range', field: 'to', value: to }
  if (from >= to) return { kind: 'not-rising', field: 'to' }
  if (scale === 'log' && from <= 0) return { kind: 'log-from-zero', field: 'from' }
  const whole = isWholeSetting(base, setting.name)
  if (method === 'random') return { kind: 'range', scale, from, to, whole, count: null }
  const isCount = count !== null && Number.isInteger(count) && count >= 2 && count <= mostCounted
  return isCount ? { kind: 'range', scale, from, to, whole, count } : { kind: 'count', field: 'count' }
}

/** Reads a row of the form. */
export function readAxis(
  base: RunRequest,
  setting: SweepSetting,
  form: AxisForm,
  method: SweepForm['method'],
  language: Language,
): ReadAxis {
  const named = { setting: setting.name }
  if (setting.kind !== 'number')
    return form.ticked.length === 0
      ? { fault: { kind: 'none-given', field: 'ticked' } }
      : { axis: { ...named, values: { kind: 'list', list: [...form.ticked] } } }
  if (form.mode === 'list') {
    const list = listOf(setting, form, language)
    return 'kind' in list ? { fault: list } : { axis: { ...named, values: { kind: 'list', list: [...list] } } }
  }
  const values = rangeOf(base, setting, form, method)
  return 'field' in values ? { fault: values } : { axis: { ...named, values } }
}

/** Steps of the first rung where nobody has said: a ninth of all. */
export function usualFirstSteps(goal: number): number {
  return Math.max(1, Math.round(goal / 9))
}

/** The plan that the form means with its settings as they were read; null where something else is missing or wrong. */
export function planOf(base: RunRequest, axes: readonly SweepAxis[], form: SweepForm): SweepPlan | null {
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
