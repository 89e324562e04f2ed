import type { ErrorsComparison } from './errorsComparison.ts'
import type { CalibrationBin, ErrorsReport, ThresholdPoint } from './errorsReport.ts'

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

/** A text as LaTeX sets it. */
export function latexText(text: string): string {
  return text.replace(/[\\~^&%$#_{}]/g, (sign) => escapes[sign] ?? `\\${sign}`)
}

/** A table of the kind `tabular`, whose first column is of text where nothing else is said. Needs no package. */
export function tabular(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  last: readonly string[] | null,
  columns = `l${'r'.repeat(head.length - 1)}`,
): string {
  const line = (cells: readonly string[]): string => `${cells.map(latexText).join(' & ')} \\\\`
  return [
    `\\begin{tabular}{${columns}}`,
    '\\hline',
    line(head),
    '\\hline',
    ...rows.map(line),
    ...(last === null ? [] : ['\\hline', line(last)]),
    '\\hline',
    '\\end{tabular}',
    '',
  ].join('\n')
}

/**
 * A confusion matrix, or the difference of two, as a LaTeX table.
 * @param matrix `[classes, classes]`, the true classes in its rows.
 * @param names Of the classes, in a reader's language.
 * @param corner What the first cell says.
 * @param order In which the classes stand; by default their own.
 */
export function confusionLatex(
  matrix: readonly (readonly number[])[],
  names: readonly string[],
  corner: string,
  order: readonly number[] = matrix.map((_, label) => label),
): string {
  const rows = order.map((label) => [names[label], ...order.map((answer) => String(matrix[label][answer]))])
  return tabular([corner, ...order.map((label) => names[label])], rows, null)
}

/** What the heads of the table of classes say, in a reader's language. */
export interface PerClassWords {
  readonly className: string
  readonly precision: string
  readonly recall: string
  readonly f1: string
  readonly images: string
  readonly macro: string
}

/**
 * Precision, recall, F1 and support of each class as a LaTeX table.
 * @param share Writes a share of 0 to 1.
 */
export function perClassLatex(
  { perClass, macro, images }: Pick<ErrorsReport, 'perClass' | 'macro' | 'images'>,
  names: readonly string[],
  words: PerClassWords,
  share: (value: number) => string = (value) => value.toFixed(3),
): string {
  return tabular(
    [words.className, words.precision, words.recall, words.f1, words.images],
    perClass.map(({ precision, recall, f1, images: support }, label) => [
      names[label],
      share(precision),
      share(recall),
      share(f1),
      String(support),
    ]),
    [words.macro, share(macro.precision), share(macro.recall), share(macro.f1), String(images)],
  )
}

/** What the heads of the table of calibration say, in a reader's language. */
export interface CalibrationWords {
  readonly confidence: string
  readonly accuracy: string
  readonly images: string
}

/**
 * The calibration curve as a LaTeX table: a row for each bin that has images.
 * @param share Writes a share of 0 to 1.
 */
export function calibrationLatex(
  bins: readonly CalibrationBin[],
  words: CalibrationWords,
  share: (value: number) => string,
): string {
  const rows = bins.flatMap(({ confidence, accuracy, images }) =>
    confidence === null || accuracy === null ? [] : [[share(confidence), share(accuracy), String(images)]],
  )
  return tabular([words.confidence, words.accuracy, words.images], rows, null)
}

/** What the heads of the table of thresholds say, in a reader's language. */
export interface ThresholdWords {
  readonly threshold: string
  readonly coverage: string
  readonly accuracy: string
}

/** Points of the curve from one row of a table to the next. */
const eachPoint = 10

/**
 * Accuracy and coverage against the threshold as a LaTeX table, in steps of a tenth.
 * @param share Writes a share of 0 to 1.
 */
export function thresholdsLatex(
  points: readonly ThresholdPoint[],
  words: ThresholdWords,
  share: (value: number) => string,
): string {
  const rows = points
    .filter((_, index) => index % eachPoint === 0)
    .map(({ threshold, coverage, accuracy }) => [
      share(threshold),
      share(coverage),
      accuracy === null ? '--' : share(accuracy),
    ])
  return tabular([words.threshold, words.coverage, words.accuracy], rows, null)
}

/** What the table of a comparison says, in a reader's language. */
export interface ComparisonWords {
  readonly accuracy: string
  /** The two checkpoints. */
  readonly first: string
  readonly second: string
  readonly both: string
  readonly onlyFirst: string
  readonly onlySecond: string
  readonly neither: string
  /** McNemar's test with its result. */
  readonly test: string
}

/**
 * Two checkpoints over the same images as a LaTeX table.
 * @param share Writes a share of 0 to 1.
 */
export function comparisonLatex(
  { first, second, both, onlyFirst, onlySecond, neither }: ErrorsComparison,
  words: ComparisonWords,
  share: (value: number) => string,
): string {
  const interval = ({ low, high }: ErrorsComparison['first']['interval']): string => `${share(low)}--${share(high)}`
  return tabular(
    ['', words.accuracy],
    [
      [words.first, `${share(first.accuracy)} (${interval(first.interval)})`],
      [words.second, `${share(second.accuracy)} (${interval(second.interval)})`],
      [words.both, String(both)],
      [words.onlyFirst, String(onlyFirst)],
      [words.onlySecond, String(onlySecond)],
      [words.neither, String(neither)],
    ],
    [words.test, ''],
  )
}
