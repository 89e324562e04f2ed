import type { RunRequest } from '../../core/run/run.ts'
import type { SweepValue } from '../../core/sweep/sweepValue.ts'
import { isWholeSetting } from '../../core/sweep/sweepSettings.ts'
import type { SweepAxis } from '../../core/sweep/sweepPlan.ts'

/** The values of a setting as they were typed. Whether a range holds whole numbers follows from the setting. */
export interface TypedAxis {
  readonly setting: string
  readonly values:
    | { readonly kind: 'list'; readonly list: readonly SweepValue[] }
    | {
        readonly kind: 'range'
        readonly scale: 'linear' | 'log'
        readonly from: number
        readonly to: number
        readonly count: number | null
      }
}

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`
const range = new RegExp(`^(?:(log|linear):)?(${number})\\.\\.(${number})(?:/(\\d+))?$`, 'i')
const oneNumber = new RegExp(`^${number}$`, 'i')

function valueOf(word: string): SweepValue {
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'null') return null
  return oneNumber.test(word) ? Number(word) : word
}

/**
 * The axis that a word such as `rate=1e-4,1e-3`, `rate=log:1e-4..1e-1/5` or `batch=20..100/5` means; null where it means
 * none.
 */
export function axisIn(word: string): TypedAxis | null {
  const at = word.indexOf('=')
  const [setting, text] = [word.slice(0, at).trim(), word.slice(at + 1).trim()]
  if (at < 1 || setting === '' || text === '') return null
  const read = range.exec(text)
  if (read !== null) {
    const [, scale, from, to, count] = read
    return {
      setting,
      values: {
        kind: 'range',
        scale: scale?.toLowerCase() === 'log' ? 'log' : 'linear',
        from: Number(from),
        to: Number(to),
        count: count === undefined ? null : Number(count),
      },
    }
  }
  const words = text.split(',').map((one) => one.trim())
  return words.includes('') ? null : { setting, values: { kind: 'list', list: words.map(valueOf) } }
}

/** Axes in words, one a line; null where one of them means none. */
export function axesIn(lines: string): TypedAxis[] | null {
  const axes = lines.split('\n').map(axisIn)
  return axes.every((axis) => axis !== null) ? axes : null
}

/** The axis of a plan over runs that begin with a request. */
export function axisFor(base: RunRequest, { setting, values }: TypedAxis): SweepAxis {
  return {
    setting,
    values:
      values.kind === 'list'
        ? { kind: 'list', list: [...values.list] }
        : { ...values, whole: isWholeSetting(base, setting) },
  }
}
