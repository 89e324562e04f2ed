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

/** How many settings a name of repeats has at most. */
const mostNamed = 4

/**
 * Names of groups of repeats, each by what tells it from the others; where nothing of it does, by its newest run:
 * "rate 0.001, batch 64".
 */
export function repeatedNames(
  groups: readonly RepeatedSettings[],
  datasets: readonly DatasetEntry[],
  format: Formats,
): string[] {
  const parts: readonly ((of: RepeatedSettings) => string)[] = [
    ({ set }) => valueText('set', set, datasets, format),
    ({ network, preset }) => network ?? valueText('preset', preset, datasets, format),
    ({ optimizer }) => valueText('optimizer', optimizer, datasets, format),
    ({ schedule }) => valueText('schedule', schedule, datasets, format),
    ({ rate }) => m.short_learning_rate({ value: format.figures(rate) }),
    ({ batch }) => m.key_batch({ value: format.whole(batch) }),
    ({ steps }) => (steps === null ? '' : m.value_steps({ count: steps, text: format.whole(steps) })),
  ]
  const written = groups.map((group) => parts.map((part) => part(group)))
  const differs = parts.map((_, place) => written.some((texts) => texts[place] !== written[0][place]))
  // Rate and batch are always told where little else is.
  const told =
    differs.filter(Boolean).length < 2 ? differs.map((does, place) => does || place === 4 || place === 5) : differs
  const names = written.map((texts) =>
    format.items(texts.filter((text, place) => told[place] && text !== '').slice(0, mostNamed)),
  )
  const counts = Map.groupBy(names, (name) => name)
  return names.map((name, place) =>
    (counts.get(name)?.length ?? 0) > 1 ? format.items([name, m.repeats_as({ id: groups[place].newest })]) : name,
  )
}
