import type { OwnOfRun, RunRequest, RunSummary } from '../../core/run/run.ts'
import { addRepeats, addToQueue } from './addToQueue.ts'
import type { CommandContext } from './context.ts'
import { followTraining } from './followTraining.ts'

/** How a run begins: its repeats or itself through the queue, otherwise at once. */
export interface Beginning extends OwnOfRun {
  readonly seeds?: number | undefined
  readonly queue: boolean
}

/**
 * Begins a run and stays until it rests, or adds it or its repeats to the queue.
 * @param told What is said of a run that begins at once, beside its number: as a value, and to a person.
 */
export async function beginRun(
  context: CommandContext,
  request: RunRequest,
  { seeds, queue, expectation, eventFolder }: Beginning,
  told: (run: RunSummary) => readonly [value: object, words: string],
): Promise<void> {
  if (seeds !== undefined) return addRepeats(context, { request, count: seeds, eventFolder })
  const begun = { ...request, expectation, eventFolder }
  if (queue) return addToQueue(context, begun)
  const { client, output } = context
  const { sequence } = await client.lab.status()
  const run = await client.runs.start(begun)
  const [value, words] = told(run)
  output.tell({ event: 'started', run: run.id, ...value }, words)
  await followTraining(context, run, sequence)
}
