import type { TrainEvent } from '../../core/contract/engineContract.ts'

/** What an engine tells between its first event and its last, but for checkpoints. */
export type ToldEvent = Exclude<TrainEvent, { kind: 'ready' | 'checkpoint' }>

/** The part of an event that is about steps after this one; null where none of it is. */
export function pastStep(event: ToldEvent, step: number): ToldEvent | null {
  switch (event.kind) {
    case 'steps': {
      const known = Math.max(0, step + 1 - event.first)
      if (known >= event.loss.length) return null
      const [loss, accuracy, seconds] = [event.loss, event.accuracy, event.seconds].map((all) => all.slice(known))
      return { ...event, first: event.first + known, loss, accuracy, seconds }
    }
    case 'evaluated':
      return event.evaluation.step > step ? event : null
    case 'health':
      return event.health.step > step ? event : null
    case 'evaluating':
    case 'ended':
      return null
  }
}
