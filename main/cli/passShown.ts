import type { PassProgress } from '../../core/inspect/passProgress.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { bar, duration } from './format.ts'

type PassEvent = PassProgress | { readonly kind: 'done' }
type ProgressOf<Event> = Extract<Event, { readonly kind: 'progress' }>
type DoneOf<Event> = Extract<Event, { readonly kind: 'done' }>

function isProgress<Event extends PassEvent>(event: Event): event is ProgressOf<Event> {
  return event.kind === 'progress'
}

function isDone<Event extends PassEvent>(event: Event): event is DoneOf<Event> {
  return event.kind === 'done'
}

/**
 * What something that takes long ends with; its progress is shown meanwhile.
 * @param what What is counted, and what becomes of it.
 * @throws LabError `owner-gone`, or as the events do.
 */
export async function answerOf<Event extends PassEvent>(
  { output }: Pick<CommandContext, 'output'>,
  events: AsyncIterable<Event>,
  what: (progress: ProgressOf<Event>) => string = () => 'images',
): Promise<DoneOf<Event>> {
  try {
    for await (const event of events) {
      if (isDone(event)) return event
      if (!isProgress(event)) continue
      const { done, total, perSecond } = event
      const left = perSecond > 0 ? `, ${duration((total - done) / perSecond)} left` : ''
      const words = `${done} of ${total} ${what(event)}, ${Math.round(perSecond)}/s${left}`
      output.progress(bar(done / total, words, output.columns))
    }
  } finally {
    output.end()
  }
  return refuse('owner-gone', {})
}
