import type { GroupTest, RepeatGroup } from '../../core/compare/repeatGroups.ts'
import { significance } from '../../core/statistics/welch.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'

const none = '–'

/** Mean with deviation, and its interval, as two cells. */
export function sampleCells(sample: RepeatGroup['last'], format: Formats): [string, string] {
  if (sample === null) return [none, none]
  const percent = (share: number): string => format.percent(share, 2)
  const mean = percent(sample.mean)
  return [
    sample.deviation === null ? mean : m.repeats_spread({ mean, deviation: percent(sample.deviation) }),
    sample.interval === null
      ? none
      : m.repeats_range({ low: percent(sample.interval.low), high: percent(sample.interval.high) }),
  ]
}

/** A test of two groups in words: what it says, and its figures where there are some. */
export function testTexts({ measure, welch }: GroupTest, format: Formats): { said: string; figures: string | null } {
  const name = measure === 'last' ? m.repeats_last() : m.repeats_best()
  if (welch.kind !== 'tested')
    return { said: welch.kind === 'few' ? m.repeats_few() : m.repeats_no_spread({ measure: name }), figures: null }
  const points = (share: number): string => format.signed(share * 100, 2)
  const { difference, interval, t, freedom, p } = welch
  const words = {
    measure: name,
    difference: points(difference),
    low: points(interval.low),
    high: points(interval.high),
  }
  return {
    said: p < significance ? m.repeats_real(words) : m.repeats_chance(words),
    figures: m.repeats_welch({
      t: format.decimal(t, 2),
      freedom: format.decimal(freedom, 1),
      p: p < 0.001 ? m.mcnemar_p_small() : m.mcnemar_p({ p: format.decimal(p, 3) }),
    }),
  }
}
