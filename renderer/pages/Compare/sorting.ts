import type { RunSummary } from '../../../core/run/run.ts'

export const sortKeys = [
  'run',
  'dataset',
  'network',
  'learningRate',
  'batch',
  'goal',
  'best',
  'bestAt',
  'last',
  'time',
  'state',
] as const
export type SortKey = (typeof sortKeys)[number]

export interface Order {
  readonly key: SortKey
  readonly descending: boolean
}

function valueOf(run: RunSummary, key: SortKey): number | string | null {
  switch (key) {
    case 'run':
      return run.id
    case 'dataset':
      return run.config.data.dataset
    case 'network':
      return run.preset
    case 'learningRate':
      return run.config.schedule.learningRate
    case 'batch':
      return run.config.batch
    case 'goal':
      return run.goal
    case 'best':
      return run.best?.accuracy ?? null
    case 'bestAt':
      return run.best?.step ?? null
    case 'last':
      return run.last?.accuracy ?? null
    case 'time':
      return run.trainingSeconds
    case 'state':
      return run.state
  }
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
}

/** The runs in this order. Runs without a value come last in both directions; equal ones are sorted newest first. */
export function sortedRuns(runs: readonly RunSummary[], order: Order): RunSummary[] {
  return [...runs].sort((first, second) => {
    const [a, b] = [valueOf(first, order.key), valueOf(second, order.key)]
    if (a === null || b === null) return a === b ? second.id - first.id : a === null ? 1 : -1
    const compared = order.descending ? compare(b, a) : compare(a, b)
    return compared === 0 ? second.id - first.id : compared
  })
}

/**
 * The order after a click on a column header. Numbers start with the largest, words with the first in the alphabet; a
 * second click reverses the order.
 */
export function orderAfter(order: Order, key: SortKey): Order {
  if (order.key === key) return { key, descending: !order.descending }
  return { key, descending: key !== 'dataset' && key !== 'network' && key !== 'state' }
}
