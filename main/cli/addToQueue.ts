import type { RunRequest } from '../../core/run/run.ts'
import type { CommandContext } from './context.ts'
import { followQueue } from './followQueue.ts'
import { holdSentence } from './queueWords.ts'

/**
 * `lab train --queue`: adds the run to the queue. An open Conv Lab trains it in its turn. Without one, this process
 * trains it after the runs before it.
 */
export async function addToQueue(context: CommandContext, request: RunRequest): Promise<void> {
  const { client, output } = context
  const { sequence } = await client.lab.status()
  const { id, queuePosition } = await client.queue.add(request)
  const words =
    queuePosition === null ? `Run ${id} begins at once.` : `Run ${id} is at place ${queuePosition} of the queue.`
  output.tell({ event: 'queued', run: id, position: queuePosition }, words)
  if (context.owns) {
    await client.queue.goOn()
    await followQueue(context, sequence)
    return
  }
  const { held } = (await client.lab.status()).queue
  if (held !== null && !output.json) output.tell({}, holdSentence(held))
}
