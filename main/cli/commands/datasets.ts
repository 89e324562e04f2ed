import { usualChoice, viewOf } from '../../../core/data/datasetView.ts'
import { isFailedImport } from '../../../core/data/dataset.ts'
import { defineCommand } from '../command.ts'
import { stateOf } from '../datasetState.ts'
import { absent, bytes, table } from '../format.ts'

/** Where a set that is not here comes from. */
const fromElsewhere = { download: null, copy: 'your own copy', own: 'your images', drawn: 'drawn here' } as const

export const datasetsCommand = defineCommand({
  name: 'datasets',
  summary: 'List the data sets',
  read: () => ({}),
  run: async ({ client, output }) => {
    const entries = (await client.datasets.list()).filter((entry) => !isFailedImport(entry))
    const rows = entries.map((entry) => {
      const { classes, sizes, image } = viewOf(entry, usualChoice(entry))
      // Of a person's own images nothing is known before they are here.
      const known = (count: number): string =>
        entry.obtained === 'own' && entry.contents === null ? absent : String(count)
      return [
        entry.id,
        stateOf(entry),
        entry.name,
        known(classes.length),
        known(sizes.train),
        known(sizes.test),
        `${image.width} x ${image.height}`,
        fromElsewhere[entry.obtained] ?? bytes(entry.downloadBytes),
        entry.contents === null ? absent : bytes(entry.contents.bytes),
      ]
    })
    output.tell(
      entries,
      table(['ID', 'STATE', 'NAME', 'CLASSES', 'TRAINING', 'TEST', 'PIXELS', 'DOWNLOAD', 'ON DISK'], rows),
    )
  },
})
