import { cursorStops, type Series, type XRange } from './series.ts'

/** How the two columns of a smoothed line are called. */
export interface RawWords {
  readonly least: (name: string) => string
  readonly most: (name: string) => string
}

/** A column of the text: its name, and its values by their place on the x axis. */
interface RawColumn {
  readonly name: string
  readonly values: ReadonlyMap<number, number>
}

/** The line itself; of a smoothed one, the least and the most that was measured between a point and the one before it. */
function columnsOf({ label, points, raw }: Series, words: RawWords): RawColumn[] {
  if (raw === null) return [{ name: label, values: new Map(points.x.map((x, index) => [x, points.y[index]])) }]
  const [least, most] = [new Map<number, number>(), new Map<number, number>()]
  raw.x.forEach((x, index) => {
    least.set(x, Math.min(least.get(x) ?? Infinity, raw.y[index]))
    most.set(x, Math.max(most.get(x) ?? -Infinity, raw.y[index]))
  })
  return [
    { name: words.least(label), values: least },
    { name: words.most(label), values: most },
  ]
}

/**
 * What a chart holds as lines of text with tabs, as spreadsheets take it: every place in range, no value rounded and
 * none smoothed. Where a series has no value its cell is empty.
 * @param range The range in view; null for all.
 * @returns the text, and how many rows it has below its heading.
 */
export function rawText(
  series: readonly Series[],
  range: XRange | null,
  xLabel: string,
  words: RawWords,
): { readonly text: string; readonly rows: number } {
  const columns = series.flatMap((one) => columnsOf(one, words))
  const places = cursorStops(series).filter((x) => range === null || (x >= range.min && x <= range.max))
  const lines = [
    [xLabel, ...columns.map(({ name }) => name.replaceAll(/\s/g, ' '))],
    ...places.map((x) => [x, ...columns.map(({ values }) => values.get(x) ?? '')]),
  ]
  return { text: lines.map((line) => line.join('\t')).join('\n'), rows: places.length }
}
