import type { DatasetEntry, DatasetProgress } from '../../core/data/dataset.ts'
import { LabError, problem, refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { follow } from './follow.ts'
import { transferBar } from './transferBar.ts'

/**
 * One data set as the lab has it.
 * @throws LabError `dataset-unknown`.
 */
export async function datasetEntry({ client }: CommandContext, id: string): Promise<DatasetEntry> {
  const entries = await client.datasets.list()
  return (
    entries.find((entry) => entry.id === id) ??
    refuse('dataset-unknown', { dataset: id, known: entries.map((entry) => entry.id).join(', ') })
  )
}

/**
 * Downloads a data set, shows the progress, and answers when it is ready.
 * @param edition one of the publisher's editions; left out: the usual one
 * @throws LabError why it could not be obtained; `download-cancelled` after an interruption.
 */
export async function getDataset(context: CommandContext, id: string, edition?: string): Promise<DatasetEntry> {
  const { client, output, interruption } = context
  const { sequence } = await client.lab.status()
  const before = await datasetEntry(context, id)
  if (before.state === 'ready') return before
  const mine = before.state === 'absent'
  const interrupted = new Promise<never>((_resolve, reject) => {
    const end = (): void => {
      // A download that somebody else started is left to them.
      if (mine) client.datasets.cancel({ dataset: id }).catch(reject)
      else reject(new LabError(problem('download-left', { dataset: before.name })))
    }
    interruption.signal.addEventListener('abort', end, { once: true })
  })
  // It may reject before the race below waits for it, and must not count as unhandled until then.
  interrupted.catch(() => undefined)
  await client.datasets.get(edition === undefined ? { dataset: id } : { dataset: id, edition })
  const settled = follow(client, sequence, async (event) => {
    if (event.kind === 'reset') return settledOf(await datasetEntry(context, id))
    if (event.kind !== 'dataset' || event.dataset.id !== id) return undefined
    if (event.dataset.progress !== null) showProgress(context, event.dataset, event.dataset.progress)
    return settledOf(event.dataset)
  })
  try {
    const entry = await Promise.race([settled, interrupted])
    if (entry.state !== 'ready')
      throw new LabError(entry.problem ?? problem('download-cancelled', { dataset: entry.name }))
    return entry
  } finally {
    output.end()
  }
}

function settledOf(entry: DatasetEntry): DatasetEntry | undefined {
  return entry.state === 'getting' ? undefined : entry
}

/** Shows the progress of work on a data set. */
export function showProgress({ output }: CommandContext, entry: DatasetEntry, progress: DatasetProgress): void {
  output.tell({ event: 'dataset', dataset: entry.id, ...progress })
  output.progress(transferBar(`${entry.name}: ${progress.stage}`, progress, output.columns))
}
