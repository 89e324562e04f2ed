/** 0.4123 as `41.2 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** Seconds as `8 s`, `2 min 05 s` or `1 h 02 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`
}

/** A choice of names: `a, b or c`. */
export function eitherOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names)
}

/** Bytes in decimal units: `163 MB`, `1.2 GB`. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)))
  const value = count / 1000 ** power
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}

/** Stands in the cell of a missing value. */
export const absent = '—'

/** Rows under their headings, with columns as wide as their widest cell and numbers aligned right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column].length)))
  const numeric = headings.map(
    (_, column) => rows.length > 0 && rows.every((row) => row[column] === absent || /^[-+]?\d/.test(row[column])),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd()
  return all.map(line).join('\n')
}

/**
 * A progress bar with words behind it, cut to the width of the terminal.
 * @param share 0 to 1
 */
export function bar(share: number, words: string, columns: number): string {
  const width = Math.max(8, Math.min(30, columns - words.length - 3))
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  // One column stays free, because some terminals wrap when the last one is full.
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${words}`.slice(0, Math.max(0, columns - 1))
}
