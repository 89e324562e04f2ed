import { queueOf } from '../../../core/run/queue.ts'
import { defineCommand } from '../command.ts'
import { followQueue } from '../followQueue.ts'

export const queueRunCommand = defineCommand({
  name: 'queue run',
  summary: 'Let a queue that waits go on; trains it here if no Conv Lab is open',
  read: () => ({}),
  /** Where no other Conv Lab is open, this process trains the runs and stays until the queue is empty. */
  run: async (context) => {
    const { client, output } = context
    const { sequence } = await client.lab.status()
    await client.queue.goOn()
    if (context.owns) {
      await followQueue(context, sequence)
      return
    }
    const runs = queueOf((await client.runs.list()).runs)
    output.tell(
      { event: 'going-on', runs: runs.map((run) => run.id) },
      `The queue goes on in the Conv Lab that is open; ${runs.length} wait there.`,
    )
  },
})
