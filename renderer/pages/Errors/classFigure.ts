import type { ErrorsReport } from '../../../core/errors/errorsReport.ts'
import { type Figure, fittedText, type Shape, textWidth } from '../../charts/shapes.ts'

/** What stands over the columns, and before the means. */
export interface ClassFigureWords {
  readonly className: string
  readonly precision: string
  readonly recall: string
  readonly f1: string
  readonly images: string
  readonly macro: string
}

/** How numbers are written. */
export interface ClassFigureFormats {
  readonly score: (share: number) => string
  readonly count: (images: number) => string
}

const scores = ['precision', 'recall', 'f1'] as const
const size = 12
const rowHeight = 24
const gap = 24
const left = 8
const widestName = 240
const leastColumn = 64

/**
 * The table of classes as a picture: a row a class with a bar under each score, and the means below.
 * @param order Labels, from top to bottom.
 */
export function classFigure(
  report: Pick<ErrorsReport, 'perClass' | 'macro' | 'images'>,
  order: readonly number[],
  nameOf: (label: number) => string,
  words: ClassFigureWords,
  { score, count }: ClassFigureFormats,
): Figure {
  const names = [words.className, words.macro, ...order.map(nameOf)]
  const nameWidth = Math.min(widestName, Math.max(...names.map((name) => textWidth(name, size))))
  const headings = [...scores.map((of) => words[of]), words.images]
  const ends: number[] = []
  for (const heading of headings)
    ends.push((ends.at(-1) ?? left + nameWidth) + gap + Math.max(leastColumn, textWidth(heading, size)))
  const width = (ends.at(-1) ?? 0) + left
  const middle = (row: number): number => row * rowHeight + rowHeight / 2

  const cells = (row: number, name: string, values: readonly string[], ink: 'text' | 'text-soft'): Shape[] => {
    const cell = { kind: 'text', y: middle(row), size, ink, turned: false } as const
    return [
      { ...cell, x: left, text: fittedText(name, size, nameWidth), anchor: 'start' },
      ...values.map((text, column): Shape => ({ ...cell, x: ends[column], text, anchor: 'end' })),
    ]
  }
  const bar = (row: number, column: number, share: number): Shape => {
    const whole = ends[column] - (ends[column - 1] ?? left + nameWidth) - gap
    const long = whole * share
    return {
      kind: 'rect',
      x: ends[column] - long,
      y: (row + 1) * rowHeight - 4,
      width: long,
      height: 2,
      ink: 'series-1',
      alpha: 1,
    }
  }
  const rule = (row: number): Shape => ({
    kind: 'line',
    points: [
      [0, row * rowHeight],
      [width, row * rowHeight],
    ],
    ink: 'line',
    width: 1,
    dash: [],
  })

  const rows = order.flatMap((label, index): Shape[] => {
    const of = report.perClass[label]
    const defined = (one: (typeof scores)[number]): boolean => !of.undefined.includes(one)
    const values = scores.map((one) => (defined(one) ? score(of[one]) : '–'))
    return [
      ...cells(index + 1, nameOf(label), [...values, count(of.images)], 'text'),
      ...scores.flatMap((one, column) => (defined(one) ? [bar(index + 1, column, of[one])] : [])),
    ]
  })
  const last = order.length + 1
  const means = scores.map((one) => score(report.macro[one]))
  return {
    width,
    height: (last + 1) * rowHeight,
    shapes: [
      ...cells(0, words.className, headings, 'text-soft'),
      rule(1),
      ...rows,
      rule(last),
      ...cells(last, words.macro, [...means, count(report.images)], 'text'),
    ],
  }
}
