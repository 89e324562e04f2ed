import { defineCommand } from '../command.ts'
import { flag } from '../optionKinds.ts'
import { sweepTable } from '../sweepWords.ts'

export const sweepListCommand = defineCommand({
  name: 'sweep list',
  summary: 'List all sweeps, the newest first',
  options: { deleted: flag('List those that were deleted instead') },
  read: (_, { deleted }) => ({ deleted }),
  run: async ({ client, output }, { deleted }) => {
    const sweeps = (await client.sweeps.list()).filter(({ deletedAt }) => (deletedAt !== null) === deleted)
    output.tell(
      { sweeps },
      sweeps.length === 0 && deleted
        ? 'No sweep was deleted.'
        : sweeps.length === 0
          ? 'There are no sweeps. “lab sweep --help” says how to begin one.'
          : sweepTable(sweeps),
    )
  },
})
