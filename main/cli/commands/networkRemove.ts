import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'

export const networkRemoveCommand = defineCommand({
  name: 'network remove',
  summary: 'Remove a network of one’s own with its versions',
  arguments: { network: anyWord('NAME') },
  read: ({ network }) => ({ network }),
  run: async ({ client, output }, { network }) => {
    const { name } = await client.networks.get({ name: network })
    await client.networks.remove({ name })
    output.tell(
      { event: 'done', name },
      `${name} is removed. Runs that were trained with it are kept, with their network.`,
    )
  },
})
