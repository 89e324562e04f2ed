import type { Repeats } from '../../core/run/repeats.ts'
import type { RunToBegin } from '../../core/run/run.ts'
import type { RunToResume } from '../../core/contract/windowContract.ts'
import type { CommandContext } from './context.ts'
import { followQueue } from './followQueue.ts'
import { holdSentence } from './queueWords.ts'

/**
 * `lab train --queue`: adds the run to the queue. An open Conv Lab trains it in its turn. Without one, this process
 * trains it after the runs before it.
 */
export async function addToQueue(context: CommandContext, request: RunToBegin): Promise<void> {
  const { client, output } = context
  await queued(context, async () => {
    const { id, queuePosition: position } = await client.queue.add(request)
    output.tell({ event: 'queued', run: id, position }, `Run ${id} ${placeWords(position)}.`)
  })
}

/** `lab resume RUN --queue`: adds a run at rest to the queue, to be continued in its turn. Goes on as `addToQueue` does. */
export async function addContinuation(context: CommandContext, asked: RunToResume): Promise<void> {
  const { client, output } = context
  await queued(context, async () => {
    const { id, queuePosition: position, state, step } = await client.queue.resume(asked)
    output.tell(
      { event: 'queued', run: id, position, state, step },
      position === null
        ? `Run ${id} continues at once.`
        : `Run ${id} ${placeWords(position)}; it stays ${state} at step ${step} until its turn comes.`,
    )
  })
}

/** `--seeds N`: adds so many runs that differ in their seed alone, and goes on as `addToQueue` does. */
export async function addRepeats(context: CommandContext, asked: Repeats): Promise<void> {
  const { client, output } = context
  await queued(context, async () => {
    for (const { id, queuePosition: position, config } of await client.queue.repeat(asked)) {
      const { seed } = config
      output.tell({ event: 'queued', run: id, position, seed }, `Run ${id}, seed ${seed}, ${placeWords(position)}.`)
    }
  })
}

function placeWords(position: number | null): string {
  return position === null ? 'begins at once' : `is at place ${position} of the queue`
}

async function queued(context: CommandContext, add: () => Promise<void>): Promise<void> {
  const { client, output } = context
  const { sequence } = await client.lab.status()
  await add()
  if (context.owns) {
    await client.queue.goOn()
    await followQueue(context, sequence)
    return
  }
  const { held } = (await client.lab.status()).queue
  if (held !== null && !output.json) output.tell({}, holdSentence(held))
}
