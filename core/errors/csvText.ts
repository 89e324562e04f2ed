/** What a cell holds; null is an empty one. */
export type Field = string | number | null

/** A field as RFC 4180 has it: in quotes where it would otherwise be read as several. */
function written(field: Field): string {
  const text = field === null ? '' : String(field)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table as CSV, with a line for each row. */
export function csv(rows: readonly (readonly Field[])[]): string {
  return rows.map((row) => `${row.map(written).join(',')}\n`).join('')
}
