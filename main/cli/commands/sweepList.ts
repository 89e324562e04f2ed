import { defineCommand } from '../command.ts'
import { sweepTable } from '../sweepWords.ts'

export const sweepListCommand = defineCommand({
  name: 'sweep list',
  summary: 'List all sweeps, the newest first',
  read: () => ({}),
  run: async ({ client, output }) => {
    const sweeps = await client.sweeps.list()
    output.tell(
      { sweeps },
      sweeps.length === 0 ? 'There are no sweeps. “lab sweep --help” says how to begin one.' : sweepTable(sweeps),
    )
  },
})
