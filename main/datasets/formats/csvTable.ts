import { CsvError, parse } from 'csv-parse/sync'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import { tableDialect } from './tableDialect.ts'
import { tableText } from './tableText.ts'

/** A text table: its rows, titles included, or why it cannot be read. */
export type CsvTable = { readonly rows: string[][]; readonly why: null } | { readonly rows: null; readonly why: Phrase }

/**
 * Reads a text table separated by commas, semicolons, tabs or vertical bars, with or without quotes. Lines above its
 * titles and empty lines are left out, and cells are trimmed.
 */
export function csvTable(bytes: Buffer): CsvTable {
  const text = tableText(bytes)
  if (text === null) return { rows: null, why: phrase('table-no-text', {}) }
  const { body, delimiter } = tableDialect(text)
  try {
    const rows = parse(body, {
      delimiter,
      record_delimiter: '\n',
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    })
    // The parser trims only the blanks of ASCII.
    return { rows: rows.map((row) => row.map((cell) => cell.trim())), why: null }
  } catch (error) {
    return { rows: null, why: whyUnread(error) }
  }
}

function whyUnread(error: unknown): Phrase {
  if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return phrase('table-quote-open', { row: Number(error.records) + 1 })
  }
  return phrase('table-not-read', { detail: error instanceof Error ? error.message : String(error) })
}

/**
 * The rows of a text table, as `csvTable` reads them.
 * @throws SourceError when it cannot be read.
 */
export function readCsv(bytes: Buffer): string[][] {
  const { rows, why } = csvTable(bytes)
  if (rows === null) throw new SourceError(why)
  return rows
}
