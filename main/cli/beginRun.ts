import type { Expectation } from '../../core/expectations/expectation.ts'
import type { RunRequest, RunSummary, RunToBegin } from '../../core/run/run.ts'
import { addRepeats, addToQueue } from './addToQueue.ts'
import type { CommandContext } from './context.ts'
import { followTraining } from './followTraining.ts'

/** How a run begins: its repeats or itself through the queue, otherwise at once. */
export interface Beginning {
  readonly seeds?: number | undefined
  readonly queue: boolean
  /** What is expected of a run that is begun alone. */
  readonly expectation?: Expectation | undefined
  /** Where it is also written for TensorBoard while it trains. */
  readonly eventFolder?: string | undefined
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
  if (seeds !== undefined) return addRepeats(context, request, seeds)
  const begun: RunToBegin = {
    ...request,
    ...(expectation === undefined ? {} : { expectation }),
    ...(eventFolder === undefined ? {} : { eventFolder }),
  }
  if (queue) return addToQueue(context, begun)
  const { client, output } = context
  const { sequence } = await client.lab.status()
  const run = await client.runs.start(begun)
  const [value, words] = told(run)
  output.tell({ event: 'started', run: run.id, ...value }, words)
  await followTraining(context, run, sequence)
}
