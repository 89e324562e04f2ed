import type { Ink } from '../../../charts/shapes.ts'
import * as m from '../../../messages/compiled/messages.js'
import type { Formats } from '../../../text/formats.ts'
import type { CellLook } from './matrixFigure.ts'

type Matrix = readonly (readonly number[])[]

/** How the cells of a matrix look, and what their colours stand for. */
export interface MatrixLooks {
  readonly lookOf: (label: number, predicted: number) => CellLook
  readonly widest: string
  /** What each colour means, up to which value. */
  readonly legend: readonly { readonly ink: Ink; readonly text: string }[]
}

const sumOf = (row: readonly number[]): number => row.reduce((sum, count) => sum + count, 0)

/** Each row as shares of its sum; a row of zeros stays. */
export function rowShares(matrix: Matrix): number[][] {
  return matrix.map((row) => {
    const sum = sumOf(row)
    return row.map((count) => (sum === 0 ? 0 : count / sum))
  })
}

/** The largest size of a value on the diagonal, and beside it. */
function extremes(matrix: Matrix): { diagonal: number; beside: number } {
  let [diagonal, beside] = [0, 0]
  matrix.forEach((row, label) =>
    row.forEach((value, predicted) => {
      if (label === predicted) diagonal = Math.max(diagonal, Math.abs(value))
      else beside = Math.max(beside, Math.abs(value))
    }),
  )
  return { diagonal, beside }
}

/** A share as a whole percentage without its sign; less than one half reads as below 1. */
function percentText(share: number, format: Formats): string {
  if (share === 0) return ''
  return share < 0.005 ? '<1' : format.whole(share * 100)
}

/**
 * A confusion matrix: right answers in one colour, wrong ones in another with a scale of their own, because there are so
 * many fewer of them.
 */
export function confusionLooks(confusion: Matrix, values: 'counts' | 'shares', format: Formats): MatrixLooks {
  const shown = values === 'counts' ? confusion : rowShares(confusion)
  const strongest = extremes(shown)
  const textOf = (value: number): string =>
    values === 'counts' ? (value === 0 ? '' : format.whole(value)) : percentText(value, format)
  const topText = (value: number): string => (values === 'counts' ? format.whole(value) : format.percent(value))
  return {
    legend: [
      { ink: 'series-1', text: m.matrix_legend_right({ most: topText(strongest.diagonal) }) },
      { ink: 'series-2', text: m.matrix_legend_wrong({ most: topText(strongest.beside) }) },
    ],
    widest: textOf(Math.max(strongest.diagonal, strongest.beside)),
    lookOf: (label, predicted) => {
      const value = shown[label][predicted]
      const right = label === predicted
      const top = right ? strongest.diagonal : strongest.beside
      return { ink: right ? 'series-1' : 'series-2', weight: top === 0 ? 0 : value / top, text: textOf(value) }
    },
  }
}

/** A difference of two matrices: red where the second has more, blue where it has fewer. */
export function differenceLooks(difference: Matrix, format: Formats): MatrixLooks {
  const extreme = extremes(difference)
  const top = Math.max(extreme.diagonal, extreme.beside)
  const textOf = (value: number): string => (value === 0 ? '' : format.signed(value, 0))
  return {
    legend: [
      { ink: 'series-1', text: m.matrix_legend_fewer({ most: format.whole(top) }) },
      { ink: 'danger', text: m.matrix_legend_more({ most: format.whole(top) }) },
    ],
    widest: textOf(-top),
    lookOf: (label, predicted) => {
      const value = difference[label][predicted]
      return {
        ink: value > 0 ? 'danger' : 'series-1',
        weight: top === 0 ? 0 : Math.abs(value) / top,
        text: textOf(value),
      }
    },
  }
}
