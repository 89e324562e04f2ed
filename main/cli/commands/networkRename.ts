import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'

export const networkRenameCommand = defineCommand({
  name: 'network rename',
  summary: 'Give a network of one’s own another name, with all its versions',
  arguments: { network: anyWord('NAME'), to: anyWord('NEW') },
  read: ({ network, to }) => ({ network, to }),
  run: async ({ client, output }, { network, to }) => {
    const { name, version } = await client.networks.rename({ name: network, to })
    output.tell({ event: 'done', name, version }, `It is called ${name} now. Runs keep the name that it had.`)
  },
})
