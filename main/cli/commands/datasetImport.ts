import path from 'node:path'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { LabError, problem } from '../../../core/words/problems.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { datasetWork } from '../datasetWork.ts'
import { follow } from '../follow.ts'
import { text } from '../optionKinds.ts'
import { tellReady } from '../tellReady.ts'

/** The entry once nothing goes on with the set any more. */
function settledOf(entry: DatasetEntry): DatasetEntry | undefined {
  return entry.state === 'getting' || entry.progress !== null ? undefined : entry
}

export const datasetImportCommand = defineCommand({
  name: 'dataset import',
  summary: 'Take a data set from an archive or folder of this computer',
  arguments: { dataset: anyWord('ID'), path: anyWord('PATH') },
  options: { name: text('NAME', 'What a set of your own images (ID own) is to be called') },
  endsItself: true,
  // The lab that reads the files may run in another folder.
  read: (taken, { name: called }) => ({ dataset: taken.dataset, path: path.resolve(taken.path), called }),
  run: async (context, { dataset, path: from, called }) => {
    const { client } = context
    const { sequence } = await client.lab.status()
    const begun = await client.datasets.import({
      dataset,
      path: from,
      ...(called === undefined ? {} : { name: called }),
    })
    const { id } = begun
    const entry = await datasetWork(context, id, async () => {
      const before = settledOf(begun)
      if (before !== undefined) return before
      return follow(client, sequence, async (event) => {
        if (event.kind === 'reset')
          return (await client.datasets.list()).filter((one) => one.id === id).map(settledOf)[0]
        return event.kind === 'dataset' && event.dataset.id === id ? settledOf(event.dataset) : undefined
      })
    })
    if (entry.problem !== null) throw new LabError(entry.problem)
    if (entry.state !== 'ready') throw new LabError(problem('download-cancelled', { dataset: entry.name }))
    tellReady(context, entry)
  },
})
