import * as m from '../messages/compiled/messages.js'
import { shownFormats } from '../text/shownLanguage.ts'
import type { Plot } from './plot.ts'
import type { Series } from './series.ts'

/** What a chart does not show of its series, in words. */
export interface RangeNotes {
  readonly all: readonly string[]
  /** Whether there are outliers that can be shown. */
  readonly beyond: boolean
}

/** Names that are written out; of more, the rest are counted. */
const mostNames = 2

function namesOf(series: readonly Series[], keys: readonly string[]): string {
  const format = shownFormats()
  const labels = series.filter(({ key }) => keys.includes(key)).map(({ label }) => label)
  const listed = format.list(labels.slice(0, mostNames))
  const more = labels.length - mostNames
  return more <= 0 ? listed : m.names_and_more({ names: listed, text: format.whole(more) })
}

/**
 * Says which values lie outside of the picture.
 * @param series Those that are shown.
 */
export function rangeNotes(
  { range, leavesOutX }: Plot,
  series: readonly Series[],
  formatValue: (value: number) => string,
): RangeNotes {
  const beyond = range !== null && range.beyond.length > 0
  const all: string[] = []
  if (range !== null && beyond)
    all.push(m.chart_beyond({ names: namesOf(series, range.beyond), value: formatValue(range.highest) }))
  if (range !== null && range.withoutPlace.length > 0)
    all.push(m.chart_no_place_y({ names: namesOf(series, range.withoutPlace) }))
  if (leavesOutX) all.push(m.chart_no_place_x())
  return { all, beyond }
}
