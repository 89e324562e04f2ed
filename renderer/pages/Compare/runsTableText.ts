import type { Evaluation } from '../../../core/run/run.ts'
import type { LatexRow } from '../../../core/run/runsLatex.ts'
import { sampleOf } from '../../../core/statistics/sample.ts'
import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../../text/formats.ts'
import type { LineRuns } from './repeats.ts'

/** A mean with its deviation, or a single value, as LaTeX sets numbers; empty where a run has none. */
function figure(values: readonly (number | undefined)[], write: (value: number) => string): string {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0 || known.length < values.length) return ''
  const { mean, deviation } = sampleOf(known)
  // A decimal comma is a mark within a number only in braces.
  const number = (value: number): string => write(value).replace(',', '{,}')
  return deviation === null ? `$${number(mean)}$` : `$${number(mean)} \\pm ${number(deviation)}$`
}

/** The table of what the shown lines reached: best and last accuracy and last loss, of repeats their mean and deviation. */
export function runsTable(
  lines: readonly LineRuns[],
  labelOf: (line: LineRuns) => string,
  format: Formats,
): { head: readonly string[]; rows: readonly LatexRow[] } {
  const percent = (value: number): string => format.decimal(value * 100, 2)
  const loss = (value: number): string => format.decimal(value, 3)
  return {
    head: [m.column_run(), m.latex_runs(), m.latex_best(), m.latex_last(), m.latex_last_loss()],
    rows: lines.map((line) => {
      const of = (which: 'best' | 'last', value: (evaluation: Evaluation) => number): (number | undefined)[] =>
        line.map((run) => (run[which] === null ? undefined : value(run[which])))
      return {
        name: labelOf(line),
        figures: [
          `$${line.length}$`,
          figure(
            of('best', ({ accuracy }) => accuracy),
            percent,
          ),
          figure(
            of('last', ({ accuracy }) => accuracy),
            percent,
          ),
          figure(
            of('last', (evaluation) => evaluation.loss),
            loss,
          ),
        ],
      }
    }),
  }
}
