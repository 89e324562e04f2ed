import type { Problem } from '../../core/words/problems.ts'
import type { QueueMove } from '../../core/run/queue.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

type QueueAction = QueueMove | 'cancel' | 'goOn'

/** Requests for the queue: those under way, and why the last one was refused. */
export class QueueControl {
  readonly #lab: Pick<LabConnection, 'ask'>
  /** The subject of a request is a run; null means the queue itself. */
  readonly #requests = new Requests<QueueAction, number | null>()
  /**
   * The subject of the last request. Only its refusal is shown, because an older one may name a run that has left the
   * queue.
   */
  #last = $state<number | null>(null)

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  get problem(): Problem | null {
    return this.#requests.problemOf(this.#last)
  }

  /** Whether a request to continue the queue is under way. */
  get isGoingOn(): boolean {
    return this.#requests.isPending('goOn', null)
  }

  /** Whether a request to remove this run is under way. */
  isCancelling(run: number): boolean {
    return this.#requests.isPending('cancel', run)
  }

  /** Moves a queued run. Returns its new position; null if it could not be moved. */
  async move(run: number, to: QueueMove): Promise<number | null> {
    this.#last = run
    const answer = await this.#requests.send(to, run, () => this.#lab.ask((client) => client.queue.move({ run, to })))
    return answer?.ok === true ? answer.value.queuePosition : null
  }

  /** Removes a queued run and deletes it. Returns whether it was removed. */
  async cancel(run: number): Promise<boolean> {
    this.#last = run
    const answer = await this.#requests.send('cancel', run, () =>
      this.#lab.ask((client) => client.queue.cancel({ run })),
    )
    return answer?.ok === true
  }

  /** Continues a held queue. */
  async goOn(): Promise<void> {
    this.#last = null
    await this.#requests.send('goOn', null, () => this.#lab.ask((client) => client.queue.goOn()))
  }
}

export const queueControl = new QueueControl()
