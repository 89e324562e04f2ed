import type { DatasetEntry } from '../../../core/dataset.ts'
import { LabError, problem } from '../../../core/problems.ts'
import type { Command } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { datasetWork } from '../datasetWork.ts'
import { follow } from '../follow.ts'
import { tellReady } from './datasetGet.ts'

type ImportCommand = Extract<Command, { name: 'dataset import' }>

/** What goes on with a set has ended. */
function settledOf(entry: DatasetEntry): DatasetEntry | undefined {
  return entry.state === 'getting' || entry.progress !== null ? undefined : entry
}

/**
 * `lab dataset import ID PATH`: the set is here and ready afterwards.
 * @throws LabError why it could not be taken.
 */
export async function importDataset(context: CommandContext, { dataset, path, called }: ImportCommand): Promise<void> {
  const { client } = context
  const { sequence } = await client.lab.status()
  const begun = await client.datasets.import({ dataset, path, ...(called === undefined ? {} : { name: called }) })
  const { id } = begun
  const entry = await datasetWork(context, id, async () => {
    const before = settledOf(begun)
    if (before !== undefined) return before
    return follow(client, sequence, async (event) => {
      if (event.kind === 'reset') return (await client.datasets.list()).filter((one) => one.id === id).map(settledOf)[0]
      return event.kind === 'dataset' && event.dataset.id === id ? settledOf(event.dataset) : undefined
    })
  })
  if (entry.problem !== null) throw new LabError(entry.problem)
  if (entry.state !== 'ready') throw new LabError(problem('download-cancelled', { dataset: entry.name }))
  tellReady(context, entry)
}
