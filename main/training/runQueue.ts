import { LabError, problemOf, type Problem, type ProblemCode } from '../../core/words/problems.ts'
import type { QueueHold, QueueMove, QueueStatus } from '../../core/run/queue.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../files/log.ts'
import type { History } from '../history/history.ts'

/** What the next run would meet as well: to begin them one after another would only use the queue up. */
const troubles: readonly ProblemCode[] = ['engine-unavailable', 'disk-full', 'write-failed', 'history-damaged']

function isTrouble(of: Problem): boolean {
  return troubles.includes(of.code)
}

export interface RunQueueOptions {
  readonly history: History
  readonly events: EventHub
  readonly log: Log
  /** Whether nothing may begin at this moment. */
  readonly busy: () => boolean
  /**
   * Takes a run out of the queue and trains it.
   * @throws why it cannot begin; it is in the queue then still.
   */
  readonly begin: (run: number) => void
}

/**
 * The runs that wait for their turn. When a run has ended, well or not, the next one begins by itself. The queue is
 * held, and no run begins, after a person has paused one, after an end that the next one would share, and at opening:
 * only a person lets it go on. Every change is stored before it is told.
 */
export class RunQueue {
  readonly #options: RunQueueOptions
  #held: QueueHold | null

  constructor(options: RunQueueOptions) {
    this.#options = options
    this.#held = options.history.queue().length > 0 ? { reason: 'opened', run: null } : null
  }

  get status(): QueueStatus {
    return { held: this.#held }
  }

  /** A run that has just been queued: begins it at once where it can. */
  added(run: RunSummary): void {
    this.#options.events.publish({ kind: 'run', run })
    this.next()
  }

  /** @throws LabError `run-unknown` or `run-not-queued`. */
  move(run: number, to: QueueMove): RunSummary {
    const moved = this.#options.history.moveQueued(run, to)
    this.#tellPlaces()
    return moved
  }

  /** @throws LabError `run-unknown` or `run-not-queued`. */
  cancel(run: number): void {
    const { history, events } = this.#options
    history.cancelQueued(run)
    events.publish({ kind: 'cancelled', run })
    this.#tellPlaces()
    if (history.queue().length === 0) this.#hold(null)
  }

  /** Lets a held queue go on. */
  goOn(): QueueStatus {
    this.#hold(null)
    this.next()
    return this.status
  }

  /** A run continues: if the queue was held because of it, it is no longer. */
  continued(run: number): void {
    if (this.#held?.run === run) this.#hold(null)
  }

  /** A run has ended: the next one begins, or waits for a person. */
  ended(run: RunSummary): void {
    if (run.state === 'paused') this.#holdFor({ reason: 'paused', run: run.id })
    else if (run.problem !== null && isTrouble(run.problem)) this.#holdFor({ reason: 'trouble', run: run.id })
    this.next()
  }

  /** How a run ended could not even be stored: whatever begins now would fare no better. */
  lost(run: number): void {
    this.#hold({ reason: 'trouble', run })
  }

  /**
   * Begins the first run that can begin, unless the queue is held or something is under way. Those before it get their
   * problem and are out.
   */
  next(): void {
    const { history, busy, begin } = this.#options
    while (this.#held === null && !busy()) {
      const run = history.queue().at(0)
      if (run === undefined) return
      try {
        begin(run)
      } catch (thrown) {
        this.#giveUp(run, thrown)
      }
      this.#tellPlaces()
    }
  }

  #giveUp(run: number, thrown: unknown): void {
    const { history, events, log } = this.#options
    if (!(thrown instanceof LabError)) log.add(`beginning the queued run ${run}`, thrown)
    const of = problemOf(thrown)
    if (isTrouble(of)) {
      this.#holdFor({ reason: 'trouble', run })
      return
    }
    try {
      events.publish({ kind: 'run', run: history.giveUpQueued(run, of) })
    } catch (notStored) {
      log.add(`storing why the queued run ${run} could not begin`, notStored)
      this.#holdFor({ reason: 'trouble', run })
    }
  }

  /** Holds the queue, if anything is in it. */
  #holdFor(held: QueueHold): void {
    if (this.#options.history.queue().length > 0) this.#hold(held)
  }

  #hold(held: QueueHold | null): void {
    if (held === null && this.#held === null) return
    this.#held = held
    this.#options.events.publish({ kind: 'queue', queue: this.status })
  }

  #tellPlaces(): void {
    const { history, events } = this.#options
    for (const run of history.queue()) events.publish({ kind: 'run', run: history.run(run) })
  }
}
