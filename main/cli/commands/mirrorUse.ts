import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { text } from '../optionKinds.ts'

export const mirrorUseCommand = defineCommand({
  name: 'mirror use',
  summary: 'Look for data sets and updates in a mirror: a folder, a network share or an address; none forgets it',
  arguments: { place: anyWord('PLACE') },
  options: { code: text('CODE', 'The code that the teacher shows, where the address does not end with it') },
  read: ({ place }, { code }) => ({ place: place === 'none' ? null : place, code }),
  run: async ({ client, output }, { place, code }) => {
    const stored = await client.datasets.mirror.write({ place, code })
    output.tell(
      { event: 'done', ...stored },
      stored.place === null ? 'No mirror is used.' : `Data sets are looked for in ${stored.place} first.`,
    )
  },
})
