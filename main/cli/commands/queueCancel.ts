import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'

export const queueCancelCommand = defineCommand({
  name: 'queue cancel',
  summary: 'Take a run out of the queue; one that has not begun is deleted',
  arguments: { run: runNumber },
  read: ({ run }) => ({ run }),
  run: async ({ client, output }, { run }) => {
    const { continuation, state, step } = await client.runs.detail({ run })
    await client.queue.cancel({ run })
    output.tell(
      { event: 'cancelled', run },
      continuation === null
        ? `Run ${run} is out of the queue and deleted; nothing of it had been trained.`
        : `Run ${run} is out of the queue and stays ${state} at step ${step}.`,
    )
  },
})
