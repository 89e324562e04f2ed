import { queueOf } from '../../../core/run/queue.ts'
import { defineCommand } from '../command.ts'
import { holdSentence, queueTable } from '../queueWords.ts'

export const queueCommand = defineCommand({
  name: 'queue',
  summary: 'List the queued runs in their order',
  read: () => ({}),
  /** Tells whether they wait for a person, too. */
  run: async ({ client, output }) => {
    const { held } = (await client.lab.status()).queue
    const runs = queueOf((await client.runs.list()).runs)
    const words =
      runs.length === 0
        ? 'The queue is empty. “lab train --queue” adds a run.'
        : [queueTable(runs), ...(held === null ? [] : ['', holdSentence(held)])].join('\n')
    output.tell({ held, runs }, words)
  },
})
