import { defineCommand } from '../command.ts'
import { cellsOf, columnsTable, usualColumns } from '../runColumns.ts'
import {
  columnsOption,
  rowsOf,
  settingsAmong,
  shelfOption,
  sortOption,
  summariesOf,
  whereOption,
} from '../runsQuestion.ts'

export const runsCommand = defineCommand({
  name: 'runs',
  summary: 'List the runs, newest first, or those that a search finds',
  options: { where: whereOption, sort: sortOption, columns: columnsOption, shelf: shelfOption },
  read: (_, { where = '', sort = [], columns = null, shelf }) => ({ where, sort, columns, shelf }),
  /** With --json and without --columns: their whole summaries. */
  run: async (context, { where, sort, columns, shelf }) => {
    const { output } = context
    const shown = columns ?? usualColumns
    const settings = settingsAmong(shown)
    const rows = await rowsOf(context, { where, sort, shelf, settings })
    if (output.json && columns === null && shelf !== 'bin') {
      const ids = rows.map(({ facts }) => facts.id)
      output.tell(await summariesOf(context, ids))
      return
    }
    const none = where === '' && shelf === 'kept'
    output.tell(
      columns === null
        ? rows.map(({ facts }) => facts)
        : rows.map((row) =>
            Object.fromEntries(cellsOf(row, columns, settings).map((value, place) => [columns[place], value])),
          ),
      rows.length > 0
        ? columnsTable(rows, shown, settings)
        : none
          ? 'There are no runs yet. “lab train --dataset cifar-10” starts one.'
          : 'No run is found.',
    )
  },
})
