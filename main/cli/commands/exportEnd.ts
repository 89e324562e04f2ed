import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'

export const exportEndCommand = defineCommand({
  name: 'export end',
  summary: 'Write a run for TensorBoard no further; what is written stays',
  arguments: { run: runNumber },
  read: ({ run }) => ({ run }),
  run: async ({ client, output }, { run }) => {
    const { eventFolder } = await client.runs.detail({ run })
    await client.runs.endEvents({ run })
    output.tell(
      { event: 'done', run, folder: eventFolder?.folder ?? null },
      eventFolder === null
        ? `Run ${run} is not written for TensorBoard.`
        : `Run ${run} is no longer written to ${eventFolder.folder}. What is written there stays.`,
    )
  },
})
