import { parse } from 'csv-parse/sync'
import { SourceError } from '../definition.ts'

const delimiters = [',', ';', '\t'] as const

/**
 * The text of a table as spreadsheets write it: UTF-8, or UTF-16 with a byte order mark. Anything else is read as
 * Windows-1251, in which Russian tables are often saved.
 */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/** The delimiter that occurs most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '').replaceAll(/"[^"]*"/g, '')
  const count = (delimiter: string): number => line.split(delimiter).length
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best))
}

/**
 * The rows of a text table separated by commas, semicolons or tabs, with or without quotes. Empty lines are left out
 * and cells are trimmed.
 * @throws SourceError when it cannot be read.
 */
export function readCsv(bytes: Buffer): string[][] {
  const text = textOf(bytes)
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    })
  } catch (cause) {
    throw new SourceError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
