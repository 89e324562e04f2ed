import { defineCommand } from '../command.ts'
import { updateWords } from '../updateWords.ts'

export const updateCommand = defineCommand({
  name: 'update',
  summary: 'Ask the mirror in use whether it has a newer Conv Lab; nothing asks by itself',
  read: () => ({}),
  run: async ({ client, output }) => {
    const look = await client.update.look()
    output.tell({ event: 'done', ...look }, updateWords(look))
  },
})
