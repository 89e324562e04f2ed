import { queueOf, type QueueHold, type QueueMove } from '../../../core/queue.ts'
import type { RunRequest, RunSummary } from '../../../core/run.ts'
import type { CommandContext } from '../context.ts'
import { followQueue } from '../followQueue.ts'
import { table } from '../format.ts'

const headings = ['PLACE', 'RUN', 'DATA SET', 'PRESET', 'STEPS', 'BATCH', 'LEARNING RATE', 'SEED']

/** Queued runs as rows of a table, the next one first. */
export function queueTable(queued: readonly RunSummary[]): string {
  const rows = queued.map(({ id, queuePosition, preset, goal, config }) => [
    String(queuePosition),
    String(id),
    config.data.dataset,
    preset,
    String(goal),
    String(config.batch),
    String(config.schedule.learningRate),
    String(config.seed),
  ])
  return table(headings, rows)
}

/** Why queued runs wait, and what lets them go on. */
export function holdSentence({ reason, run }: QueueHold): string {
  const because = {
    opened: 'since Conv Lab was closed',
    paused: `because run ${run} was paused`,
    trouble: `because of how run ${run} ended (“lab run ${run}” says why)`,
  }[reason]
  return `The queue waits ${because}. “lab queue run” lets it go on.`
}

/** `lab queue`: the queued runs in their order, and whether they wait for a person. */
export async function showQueue({ client, output }: CommandContext): Promise<void> {
  const { held } = (await client.lab.status()).queue
  const runs = queueOf(await client.runs.list())
  const words =
    runs.length === 0
      ? 'The queue is empty. “lab train --queue” adds a run.'
      : [queueTable(runs), ...(held === null ? [] : ['', holdSentence(held)])].join('\n')
  output.tell({ held, runs }, words)
}

/** `lab queue move RUN WHERE`. */
export async function moveInQueue({ client, output }: CommandContext, run: number, to: QueueMove): Promise<void> {
  const { queuePosition } = await client.queue.move({ run, to })
  output.tell({ event: 'moved', run, position: queuePosition }, `Run ${run} is at place ${queuePosition} of the queue.`)
}

/** `lab queue cancel RUN`. */
export async function cancelInQueue({ client, output }: CommandContext, run: number): Promise<void> {
  await client.queue.cancel({ run })
  output.tell(
    { event: 'cancelled', run },
    `Run ${run} is out of the queue and deleted; nothing of it had been trained.`,
  )
}

/**
 * `lab queue run`: lets a held queue go on. Where no other Conv Lab is open, this process trains the runs and stays
 * until the queue is empty.
 */
export async function runQueue(context: CommandContext): Promise<void> {
  const { client, output } = context
  const { sequence } = await client.lab.status()
  await client.queue.goOn()
  if (context.owns) {
    await followQueue(context, sequence)
    return
  }
  const runs = queueOf(await client.runs.list())
  output.tell(
    { event: 'going-on', runs: runs.map((run) => run.id) },
    `The queue goes on in the Conv Lab that is open; ${runs.length} wait there.`,
  )
}

/**
 * `lab train --queue`: adds the run. An open Conv Lab trains it in its turn; without one this process does, after those
 * before it.
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
