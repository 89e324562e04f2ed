import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { RepeatedSettings } from '../../core/query/runGroups.ts'
import type { GroupTest, RepeatGroup } from '../../core/compare/repeatGroups.ts'
import { significance } from '../../core/statistics/welch.ts'
import * as m from '../messages/compiled/messages.js'
import { valueText } from './columnTexts.ts'
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

/** How many settings a name of repeats has, where these tell it from all others. */
const usuallyNamed = 4

function isOnlyOne(name: string, names: readonly string[]): boolean {
  return names.indexOf(name) === names.lastIndexOf(name)
}

/**
 * Names of groups of repeats, each by what tells it from the others; where nothing of it does, by its newest run:
 * "rate 0.001, batch 64".
 */
export function repeatedNames(
  groups: readonly RepeatedSettings[],
  datasets: readonly DatasetEntry[],
  format: Formats,
): string[] {
  /** What of a group is told, the most telling first; `usual`: also where it is the same in all. */
  const parts: readonly { readonly usual: boolean; readonly of: (group: RepeatedSettings) => string }[] = [
    { usual: false, of: ({ set }) => valueText('set', set, datasets, format) },
    { usual: false, of: ({ network, preset }) => network ?? valueText('preset', preset, datasets, format) },
    { usual: true, of: ({ rate }) => m.short_learning_rate({ value: format.figures(rate) }) },
    { usual: true, of: ({ batch }) => m.key_batch({ value: format.whole(batch) }) },
    { usual: false, of: ({ optimizer }) => valueText('optimizer', optimizer, datasets, format) },
    { usual: false, of: ({ schedule }) => valueText('schedule', schedule, datasets, format) },
    {
      usual: false,
      of: ({ steps }) => (steps === null ? '' : m.value_steps({ count: steps, text: format.whole(steps) })),
    },
  ]
  const written = groups.map((group) => parts.map(({ of }) => of(group)))
  const told = parts.map(({ usual }, place) => usual || written.some((texts) => texts[place] !== written[0][place]))
  const whole = written.map((texts) => texts.filter((text, place) => told[place] && text !== ''))
  const short = whole.map((texts) => format.items(texts.slice(0, usuallyNamed)))
  const long = whole.map((texts) => format.items(texts))
  return groups.map(({ newest }, place) => {
    if (isOnlyOne(short[place], short)) return short[place]
    return isOnlyOne(long[place], long) ? long[place] : format.items([long[place], m.repeats_as({ id: newest })])
  })
}
