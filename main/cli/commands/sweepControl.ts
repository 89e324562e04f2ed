import { sweepNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { followSweep } from '../followSweep.ts'
import { sendSweep } from '../sendSweep.ts'
import { sweepSentence } from '../sweepWords.ts'

export const sweepPauseCommand = defineCommand({
  name: 'sweep pause',
  summary: 'Pause a sweep with the run of it that trains',
  arguments: { sweep: sweepNumber },
  read: ({ sweep }) => ({ sweep }),
  run: async ({ client, output }, asked) => {
    const sweep = await client.sweeps.pause(asked)
    output.tell(sweep, sweepSentence(sweep))
  },
})

export const sweepCancelCommand = defineCommand({
  name: 'sweep cancel',
  summary: 'End a sweep for good; its runs are kept',
  arguments: { sweep: sweepNumber },
  read: ({ sweep }) => ({ sweep }),
  run: async ({ client, output }, asked) => {
    const sweep = await client.sweeps.cancel(asked)
    output.tell(sweep, sweepSentence(sweep))
  },
})

export const sweepResumeCommand = defineCommand({
  name: 'sweep resume',
  summary: 'Let a sweep that waits go on, or follow one on a cluster; trains it here if no Conv Lab is open',
  arguments: { sweep: sweepNumber },
  endsItself: true,
  read: ({ sweep }) => ({ sweep }),
  run: async (context, asked) => {
    const { client, output } = context
    const { sequence } = await client.lab.status()
    const { cluster } = (await client.sweeps.show(asked)).sweep
    const sweep = cluster === null ? await client.sweeps.resume(asked) : await sendSweep(context, asked)
    output.tell({ event: 'sweep', sweep: sweep.id, runs: sweep.runs, begun: sweep.begun }, sweepSentence(sweep))
    if (context.owns) await followSweep(context, sweep.id, sequence)
  },
})
