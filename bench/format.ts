import { spreadOf } from './statistics.ts'

/** An en dash, without spaces, as between the ends of a range. */
const to = '–'

/** A whole number with thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Median, and smallest and largest in brackets, each through `text`. */
export function spread(values: readonly number[], text: (value: number) => string): string {
  const { median, min, max } = spreadOf(values)
  return values.length === 1 ? text(median) : `${text(median)} (${text(min)}${to}${text(max)})`
}

export function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`
}

export function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`
}

export function megabytes(bytes: number): string {
  return `${count(bytes / 1e6)} MB`
}

export function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}

/** A share with one decimal, as accuracies are given. */
export function finePercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/**
 * A Markdown table with its columns aligned, so that it can be read as text too. The first column is text, the others
 * are figures.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column].length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
