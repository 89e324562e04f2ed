import type { Problem } from '../../core/words/problems.ts'
import type { QueueMove } from '../../core/run/queue.ts'
import { type Lab, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

type QueueAction = QueueMove | 'cancel' | 'goOn'

/** What was asked of the queue: what is under way, and why the last request was refused. */
export class QueueControl {
  readonly #lab: Pick<Lab, 'ask'>
  /** The subject is a run; null: the queue itself. */
  readonly #requests = new Requests<QueueAction, number | null>()
  /** What the last request was about. Only its refusal is shown: an older one may name a run that is not queued now. */
  #last = $state<number | null>(null)

  constructor(to: Pick<Lab, 'ask'> = lab) {
    this.#lab = to
  }

  get problem(): Problem | null {
    return this.#requests.problemOf(this.#last)
  }

  /** Whether the queue is being told to go on. */
  get isGoingOn(): boolean {
    return this.#requests.isPending('goOn', null)
  }

  /** Whether a run is being taken out. */
  isCancelling(run: number): boolean {
    return this.#requests.isPending('cancel', run)
  }

  /** Moves a queued run. Its place afterwards; null where it could not be moved. */
  async move(run: number, to: QueueMove): Promise<number | null> {
    this.#last = run
    const answer = await this.#requests.send(to, run, () => this.#lab.ask((client) => client.queue.move({ run, to })))
    return answer?.ok === true ? answer.value.queuePosition : null
  }

  /** Takes a queued run out and deletes it. Whether it was taken out. */
  async cancel(run: number): Promise<boolean> {
    this.#last = run
    const answer = await this.#requests.send('cancel', run, () =>
      this.#lab.ask((client) => client.queue.cancel({ run })),
    )
    return answer?.ok === true
  }

  /** Lets a held queue go on. */
  async goOn(): Promise<void> {
    this.#last = null
    await this.#requests.send('goOn', null, () => this.#lab.ask((client) => client.queue.goOn()))
  }
}

export const queueControl = new QueueControl()
