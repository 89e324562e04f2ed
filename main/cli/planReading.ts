import type { PlanningEvent, PlanningProgress } from '../../core/reading/planning.ts'
import type { ReadingWishes } from '../../core/reading/readingWishes.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { bar, bytes, duration } from './format.ts'

/** How planning ends. */
export type Planned = Exclude<PlanningEvent, { kind: 'progress' }>

/**
 * Plans how a person's own images are read, and shows how far it is. An interruption cancels it.
 * @throws LabError why they cannot be read; `interrupted`.
 */
export async function planReading(
  context: CommandContext,
  path: string,
  wishes: ReadingWishes | undefined,
): Promise<Planned> {
  const { output, interruption } = context
  try {
    return await Promise.race([planned(context, path, wishes), interruption.rejected()])
  } finally {
    output.end()
  }
}

async function planned(
  { client, output, interruption }: CommandContext,
  path: string,
  wishes: ReadingWishes | undefined,
): Promise<Planned> {
  const { signal } = interruption
  for await (const event of await client.datasets.plan({ path, wishes }, { signal })) {
    if (event.kind !== 'progress') return event
    const { stage, done, total, perSecond, secondsLeft } = event
    output.tell({ event: 'planning', stage, done, total, perSecond, secondsLeft })
    output.progress(progressBar(event, output.columns))
  }
  return refuse('owner-gone', {})
}

const doing = {
  walking: 'looking for files',
  looking: 'looking at files',
  reading: 'reading the archive',
  showing: 'looking at the first images',
} as const

function progressBar({ stage, done, total, perSecond, secondsLeft }: PlanningProgress, columns: number): string {
  const amount = (count: number): string => (stage === 'reading' ? bytes(count) : String(Math.round(count)))
  const words = [
    doing[stage],
    total === null ? amount(done) : `${amount(done)} of ${amount(total)}`,
    ...(perSecond === null ? [] : [`${amount(perSecond)}/s`]),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ]
  return bar(total === null || total === 0 ? 0 : done / total, words.join(', '), columns)
}
