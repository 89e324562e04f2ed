import { refuse } from '../../../core/words/problems.ts'
import { sweepNumber } from '../argumentKinds.ts'
import { clusterOptions } from '../clusterOptions.ts'
import { defineCommand } from '../command.ts'
import { followSweep } from '../followSweep.ts'
import { flag } from '../optionKinds.ts'
import { sendSweep } from '../sendSweep.ts'
import { sweepSentence } from '../sweepWords.ts'

const endOptions = {
  here: flag('Where its cluster cannot be asked, end it here alone; it is stopped there later'),
}

export const sweepPauseCommand = defineCommand({
  name: 'sweep pause',
  summary: 'Pause a sweep with the run of it that trains',
  arguments: { sweep: sweepNumber },
  options: endOptions,
  read: ({ sweep }, { here }) => ({ sweep, here }),
  run: async ({ client, output }, asked) => {
    const sweep = await client.sweeps.pause(asked)
    output.tell(sweep, sweepSentence(sweep))
  },
})

export const sweepCancelCommand = defineCommand({
  name: 'sweep cancel',
  summary: 'End a sweep for good; its runs are kept',
  arguments: { sweep: sweepNumber },
  options: endOptions,
  read: ({ sweep }, { here }) => ({ sweep, here }),
  run: async ({ client, output }, asked) => {
    const sweep = await client.sweeps.cancel(asked)
    output.tell(sweep, sweepSentence(sweep))
  },
})

const resume = 'sweep resume'

export const sweepResumeCommand = defineCommand({
  name: resume,
  summary: 'Let a sweep that waits go on, or follow one on a cluster; trains it here if no Conv Lab is open',
  arguments: { sweep: sweepNumber },
  options: { address: clusterOptions.address, 'token-file': clusterOptions['token-file'] },
  endsItself: true,
  read: ({ sweep }, { address, 'token-file': tokenFile }) => ({ asked: { sweep }, address, tokenFile }),
  run: async (context, { asked, address, tokenFile }) => {
    const { client, output } = context
    const { sequence } = await client.lab.status()
    const { cluster } = (await client.sweeps.show(asked)).sweep
    const isNew = (address ?? tokenFile) !== undefined
    if (cluster === null && isNew)
      refuse('arguments-wrong', { command: resume, detail: 'this sweep trains on no cluster, so it has no address' })
    const at =
      cluster === null || !isNew
        ? undefined
        : { address: address ?? cluster.address, tokenFile: tokenFile ?? cluster.tokenFile }
    const sweep = cluster === null ? await client.sweeps.resume(asked) : await sendSweep(context, { ...asked, at })
    output.tell({ event: 'sweep', sweep: sweep.id, runs: sweep.runs, begun: sweep.begun }, sweepSentence(sweep))
    if (context.owns) await followSweep(context, sweep.id, sequence)
  },
})
