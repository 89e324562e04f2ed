import { type Figure, fittedText, type Shape } from '../../charts/shapes.ts'

/** A cell of a heat map: the mean result of its trials; null where it has none. */
export interface HeatCell {
  readonly share: number | null
  readonly text: string
}

const left = 96
const top = 8
const below = 44
/** The strongest tint still lets the figures be read. */
const strongest = 0.5

/**
 * A heat map of two settings: a row and a column a group of values, the result written in each cell and told by its
 * tint, stronger where it is larger.
 * @param rows Names of the rows, the lowest first.
 */
export function heatFigure(
  columns: readonly string[],
  rows: readonly string[],
  cells: readonly (readonly HeatCell[])[],
  titles: { readonly x: string; readonly y: string },
  { width, height }: { readonly width: number; readonly height: number },
): Figure {
  const across = (width - left - 8) / columns.length
  const up = (height - top - below) / rows.length
  const x = (column: number): number => left + column * across
  const y = (row: number): number => height - below - (row + 1) * up
  const soft = { kind: 'text', size: 12, ink: 'text-soft', turned: false } as const
  const shapes: Shape[] = [
    ...cells.flatMap((line, row) =>
      line.flatMap(({ share, text }, column): Shape[] => [
        {
          kind: 'rect',
          x: x(column) + 1,
          y: y(row) + 1,
          width: across - 2,
          height: up - 2,
          ink: share === null ? 'grid-line' : 'accent',
          alpha: share === null ? 1 : 0.04 + share * (strongest - 0.04),
        },
        {
          kind: 'text',
          x: x(column) + across / 2,
          y: y(row) + up / 2,
          text: fittedText(text, 12, across - 4),
          size: 12,
          anchor: 'middle',
          ink: 'text',
          turned: false,
        },
      ]),
    ),
    ...columns.map((text, column): Shape => ({
      ...soft,
      x: x(column) + across / 2,
      y: height - below + 14,
      anchor: 'middle',
      text: fittedText(text, 12, across - 4),
    })),
    ...rows.map((text, row): Shape => ({
      ...soft,
      x: left - 8,
      y: y(row) + up / 2,
      anchor: 'end',
      text: fittedText(text, 12, left - 30),
    })),
    { ...soft, x: (left + width - 8) / 2, y: height - 10, anchor: 'middle', text: titles.x },
    { ...soft, x: 10, y: (top + height - below) / 2, anchor: 'middle', text: titles.y, turned: true },
  ]
  return { width, height, shapes }
}
