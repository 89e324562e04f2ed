import { LabError, problemOf, refuse, type Problem, type ProblemCode } from '../../core/words/problems.ts'
import type { QueueHold, QueueMove, QueueStatus } from '../../core/run/queue.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../files/log.ts'
import type { History } from '../history/history.ts'

/** Problems that the next run would meet as well. Starting one run after another would only use up the queue. */
const troubles: readonly ProblemCode[] = ['engine-unavailable', 'disk-full', 'write-failed', 'history-damaged']

/** Whether a problem is one that the next run would meet as well. */
export function isTrouble(of: Problem): boolean {
  return troubles.includes(of.code)
}

export interface RunQueueOptions {
  readonly history: History
  readonly events: EventHub
  readonly log: Log
  /** Whether nothing may start now. */
  readonly busy: () => boolean
  /**
   * Takes a run out of the queue and trains it. One that is to be continued is busy from now on, and leaves the queue
   * once its checkpoint has been read, or with `givenUp`.
   * @throws the reason it cannot start; it is still in the queue then.
   */
  readonly begin: (run: number) => void
  /** The run that is about to continue, if there is one. */
  readonly claimed: () => number | null
}

/**
 * The queue of runs. When a run has ended, well or not, the next one starts by itself. The queue is held, so that no
 * run starts, in three cases: after a person has paused a run, after an end that the next run would share, and when the
 * home folder is opened. Only a person releases it. Every change is stored before it is published.
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

  /** Publishes runs that have just been queued, and starts the first at once if possible. */
  added(...runs: readonly RunSummary[]): void {
    for (const run of runs) this.#options.events.publish({ kind: 'run', run })
    this.next()
  }

  /** @throws LabError `run-unknown` or `run-not-queued`. */
  move(run: number, to: QueueMove): RunSummary {
    const moved = this.#options.history.moveQueued(run, to)
    this.#tellPlaces()
    return moved
  }

  /** @throws LabError `run-unknown`, `run-not-queued`, or `run-trains` for one that is about to continue. */
  cancel(run: number): void {
    const { history, events, claimed } = this.#options
    if (claimed() === run) refuse('run-trains', { run })
    const { continuation } = history.run(run)
    history.cancelQueued(run)
    if (continuation === null) events.publish({ kind: 'cancelled', run })
    this.#left(continuation === null ? [] : [run])
  }

  /**
   * Does what may take runs out of the queue, as deleting or archiving them does, and then tells who is still in it.
   * @param there The runs that the windows still know afterwards.
   */
  around<Value>(act: () => Value, there: readonly number[] = []): Value {
    const { history } = this.#options
    const before = history.queue()
    const value = act()
    const after = history.queue()
    if (after.length < before.length) {
      this.#left(there.filter((run) => before.includes(run) && !after.includes(run)))
    }
    return value
  }

  /** Releases a held queue. */
  goOn(): QueueStatus {
    this.#hold(null)
    this.next()
    return this.status
  }

  /** Called when a run continues: releases the queue if it was held because of this run. */
  continued(run: number): void {
    if (this.#held?.run === run) this.#hold(null)
    this.#left([])
  }

  /** Called when a run whose turn came could not be continued. It leaves the queue with its problem. */
  givenUp(run: number, thrown: unknown): void {
    // A person may have archived it meanwhile.
    if (!this.#options.history.queue().includes(run)) return
    this.#giveUp(run, thrown)
    this.#tellPlaces()
  }

  /** Called when a run has ended: starts the next one, or holds the queue. */
  ended(run: RunSummary): void {
    if (run.state === 'paused') this.#holdFor({ reason: 'paused', run: run.id })
    else if (run.problem !== null && isTrouble(run.problem)) this.#holdFor({ reason: 'trouble', run: run.id })
    this.next()
  }

  /**
   * Called when the end of a run could not even be stored. Holds the queue, because the next run would fare no better.
   */
  lost(run: number): void {
    this.#hold({ reason: 'trouble', run })
  }

  /**
   * Starts the first run that can start, unless the queue is held or something is under way. Runs before it that cannot
   * start leave the queue with their problem.
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

  /** Holds the queue, unless it is empty. */
  #holdFor(held: QueueHold): void {
    if (this.#options.history.queue().length > 0) this.#hold(held)
  }

  #hold(held: QueueHold | null): void {
    if (held === null && this.#held === null) return
    this.#held = held
    this.#options.events.publish({ kind: 'queue', queue: this.status })
  }

  /** Tells who is still in the queue, and of these runs that they no longer are. */
  #left(runs: readonly number[]): void {
    const { history, events } = this.#options
    for (const run of runs) events.publish({ kind: 'run', run: history.run(run) })
    this.#tellPlaces()
    if (history.queue().length === 0) this.#hold(null)
  }

  #tellPlaces(): void {
    const { history, events } = this.#options
    for (const run of history.queue()) events.publish({ kind: 'run', run: history.run(run) })
  }
}
