import { cellOf, isSetting } from '../../core/query/column.ts'
import { isSearchName, nameKinds } from '../../core/query/names.ts'
import type { RunPage } from '../../core/query/runPage.ts'
import type { SettingValue } from '../../core/run/settingPath.ts'
import { points } from './expectationWords.ts'
import { absent, bytes, duration, percent, table } from './format.ts'

/** The columns that a list of runs shows where none are chosen. */
export const usualColumns: readonly string[] = [
  'id',
  'name',
  'state',
  'set',
  'network',
  'step',
  'steps',
  'batch',
  'rate',
  'seed',
  'last',
  'best',
  'seconds',
]

type Row = RunPage['rows'][number]

/** What stands in each column of a row; `settings`: the paths that were asked for with it. */
export function cellsOf(row: Row, columns: readonly string[], settings: readonly string[]): SettingValue[] {
  return columns.map((column) =>
    isSetting(column) ? (row.values[settings.indexOf(column)] ?? null) : cellOf(column, row.facts),
  )
}

function cellText(column: string, value: SettingValue): string {
  if (value === null) return absent
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return column === 'note' ? value.split('\n')[0] : value
  const kind = isSearchName(column) ? nameKinds[column] : null
  if (kind === 'share') return percent(value)
  if (kind === 'duration') return duration(value)
  if (column === 'off') return points(value)
  return column === 'bytes' ? bytes(value) : column === 'epochs' ? String(Number(value.toFixed(2))) : String(value)
}

/** Runs as rows of a table. */
export function columnsTable(rows: readonly Row[], columns: readonly string[], settings: readonly string[]): string {
  return table(
    columns.map((column) => (isSetting(column) ? column : column.toUpperCase())),
    rows.map((row) => cellsOf(row, columns, settings).map((value, place) => cellText(columns[place], value))),
  )
}
