import { latexText } from '../errors/latex.ts'

/** A row of a table of runs. */
export interface LatexRow {
  /** In a reader's language; it is escaped. */
  readonly name: string
  /** As LaTeX sets them; empty where there is none. */
  readonly figures: readonly string[]
}

/**
 * Runs as a LaTeX table in the manner of the package booktabs, which its first line names.
 * @param table.head Of all columns, the name first; in a reader's language, escaped.
 */
export function runsLatex({
  head,
  rows,
}: {
  readonly head: readonly string[]
  readonly rows: readonly LatexRow[]
}): string {
  const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`
  return [
    '% \\usepackage{booktabs}',
    `\\begin{tabular}{l${'r'.repeat(head.length - 1)}}`,
    '\\toprule',
    line(head.map(latexText)),
    '\\midrule',
    ...rows.map(({ name, figures }) =>
      line([latexText(name), ...figures.map((figure) => (figure === '' ? '--' : figure))]),
    ),
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n')
}
