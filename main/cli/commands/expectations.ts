import { fitOf } from '../../../core/expectations/fit.ts'
import { defineCommand } from '../command.ts'
import { expectationsTable, fitWords } from '../expectationWords.ts'

export const expectationsCommand = defineCommand({
  name: 'expectations',
  summary: 'List what was expected of runs before they began, and how well it fits',
  read: () => ({}),
  run: async ({ client, output }) => {
    const runs = await client.expectations.list()
    const fit = fitOf(runs)
    output.tell(
      { runs, fit },
      runs.length === 0
        ? 'Nothing is expected of any run yet. “lab train … --expect 62” writes it down before a run begins.'
        : `${expectationsTable(runs)}\n\n${fitWords(fit)}`,
    )
  },
})
