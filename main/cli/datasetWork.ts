import type { CommandContext } from './context.ts'
import { showProgress } from './getDataset.ts'

/**
 * Starts work on a data set, shows its progress and waits for its end. An interruption cancels it.
 * @param begin starts the work; settles when it has ended
 * @throws what the work ends with.
 */
export async function datasetWork<Result>(
  { client, ...rest }: CommandContext,
  id: string,
  begin: () => Promise<Result>,
): Promise<Result> {
  const context = { client, ...rest }
  const { output, interruption } = rest
  const { sequence } = await client.lab.status()
  const watched = new AbortController()
  const work = begin()
  const watch = async (): Promise<void> => {
    for await (const event of await client.lab.events({ after: sequence }, { signal: watched.signal })) {
      if (watched.signal.aborted) return
      if (event.kind === 'dataset' && event.dataset.id === id && event.dataset.progress !== null)
        showProgress(context, event.dataset, event.dataset.progress)
    }
  }
  // How watching ends does not matter: the work itself reports how it went, a lost lab included.
  watch().catch(() => undefined)
  // Whether cancelling worked shows in how the work ends.
  const cancel = (): void => void client.datasets.cancel({ dataset: id }).catch(() => undefined)
  interruption.signal.addEventListener('abort', cancel, { once: true })
  try {
    return await work
  } finally {
    watched.abort()
    interruption.signal.removeEventListener('abort', cancel)
    output.end()
  }
}
