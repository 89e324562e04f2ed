import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'

export const queueCancelCommand = defineCommand({
  name: 'queue cancel',
  summary: 'Take a queued run out and delete it',
  arguments: { run: runNumber },
  read: ({ run }) => ({ run }),
  run: async ({ client, output }, { run }) => {
    await client.queue.cancel({ run })
    output.tell(
      { event: 'cancelled', run },
      `Run ${run} is out of the queue and deleted; nothing of it had been trained.`,
    )
  },
})
