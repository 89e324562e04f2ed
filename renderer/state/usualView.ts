import { isSetting, type Column } from '../../core/query/column.ts'
import type { RunsView } from '../../core/query/runsView.ts'

/** Pixels that the values of a column usually need. */
const widths: Readonly<Record<string, number>> = {
  name: 164,
  note: 200,
  tag: 130,
  set: 104,
  network: 108,
  rate: 80,
  batch: 64,
  steps: 82,
  best: 78,
  last: 86,
  expected: 86,
  off: 86,
  seconds: 80,
  state: 122,
  schedule: 110,
  created: 150,
  ended: 150,
  deleted: 150,
  repeats: 100,
}

export function usualWidth(column: Column): number {
  return widths[column] ?? (isSetting(column) ? 140 : 84)
}

function shown(...columns: Column[]): RunsView['columns'] {
  return columns.map((column) => ({ column, width: usualWidth(column) }))
}

/** The table before anybody has arranged it: all kept runs, the newest first. */
export const usualView: RunsView = {
  where: '',
  shelf: 'kept',
  columns: shown('name', 'set', 'network', 'rate', 'batch', 'steps', 'best', 'last', 'seconds', 'state'),
  sort: [],
  group: null,
}
