import { binDays } from '../../../core/run/bin.ts'
import { sweepNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { flag } from '../optionKinds.ts'

export const sweepDeleteCommand = defineCommand({
  name: 'sweep delete',
  summary: `Delete a sweep; its runs stay, or go into the bin, for ${binDays} days`,
  arguments: { sweep: sweepNumber },
  options: { 'with-runs': flag('Put its runs into the bin as well') },
  read: ({ sweep }, { 'with-runs': withRuns }) => ({ sweep, runs: withRuns ? ('bin' as const) : ('keep' as const) }),
  run: async ({ client, output }, asked) => {
    const sweep = await client.sweeps.delete(asked)
    output.tell(
      sweep,
      `Sweep ${sweep.id}: deleted; its runs ${asked.runs === 'bin' ? 'are in the bin' : 'are kept'}. “lab sweep restore ${sweep.id}” brings it back for ${binDays} days.`,
    )
  },
})

export const sweepRestoreCommand = defineCommand({
  name: 'sweep restore',
  summary: 'Restore a deleted sweep, with the runs that were deleted with it',
  arguments: { sweep: sweepNumber },
  read: ({ sweep }) => ({ sweep }),
  run: async ({ client, output }, asked) => {
    const sweep = await client.sweeps.restore(asked)
    output.tell(sweep, `Sweep ${sweep.id}: restored, with the runs that were deleted with it.`)
  },
})
