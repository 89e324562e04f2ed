import type { QueueHold } from '../../core/run/queue.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { absent, table } from './format.ts'
import { networkName } from './networkWords.ts'

const headings = ['PLACE', 'RUN', 'DATA SET', 'PRESET', 'NETWORK', 'STEPS', 'BATCH', 'LEARNING RATE', 'SEED']

/** Queued runs as rows of a table, the next one first. */
export function queueTable(queued: readonly RunSummary[]): string {
  const rows = queued.map(({ id, queuePosition, preset, network, goal, config, continuation, checkpointStep }) => [
    String(queuePosition),
    String(id),
    config.data.dataset,
    preset,
    network === null ? absent : networkName(network),
    continuation === null ? String(goal) : `${checkpointStep ?? 0} to ${continuation.goal}`,
    String(config.batch),
    String(config.schedule.learningRate),
    String(config.seed),
  ])
  return table(headings, rows)
}

/** Why queued runs wait, and how to let them go on. */
export function holdSentence({ reason, run }: QueueHold): string {
  const because = {
    opened: 'since Conv Lab was closed',
    paused: `because run ${run} was paused`,
    trouble: `because of how run ${run} ended (“lab run ${run}” says why)`,
  }[reason]
  return `The queue waits ${because}. “lab queue run” lets it go on.`
}
