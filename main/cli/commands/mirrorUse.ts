import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'

export const mirrorUseCommand = defineCommand({
  name: 'mirror use',
  summary: 'Look for data sets in a mirror first: a folder, a network share or an address; none forgets it',
  arguments: { place: anyWord('PLACE') },
  read: ({ place }) => ({ place: place === 'none' ? null : place }),
  run: async ({ client, output }, { place }) => {
    const stored = await client.datasets.mirror.write({ place })
    output.tell(
      { event: 'done', ...stored },
      stored.place === null ? 'No mirror is used.' : `Data sets are looked for in ${stored.place} first.`,
    )
  },
})
