import { QueueMove } from '../../../core/run/queue.ts'
import { nameOf, runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { eitherOf } from '../format.ts'

export const queueMoveCommand = defineCommand({
  name: 'queue move',
  summary: `Move a queued run: ${eitherOf(QueueMove.options)}`,
  arguments: { run: runNumber, to: nameOf('WHERE', QueueMove.options) },
  read: ({ run, to }) => ({ run, to }),
  run: async ({ client, output }, { run, to }) => {
    const { queuePosition } = await client.queue.move({ run, to })
    output.tell(
      { event: 'moved', run, position: queuePosition },
      `Run ${run} is at place ${queuePosition} of the queue.`,
    )
  },
})
