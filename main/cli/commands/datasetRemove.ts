import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'

export const datasetRemoveCommand = defineCommand({
  name: 'dataset remove',
  summary: 'Take a data set off this computer',
  arguments: { dataset: anyWord('ID') },
  read: ({ dataset }) => ({ dataset }),
  run: async ({ client, output }, { dataset }) => {
    const { name } = await client.datasets.remove({ dataset })
    output.tell(
      { event: 'done', dataset, state: 'absent' },
      `${name} is no longer on this computer. Its runs are kept.`,
    )
  },
})
