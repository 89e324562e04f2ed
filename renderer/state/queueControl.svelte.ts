import { writtenOf } from '../../core/expectations/expectation.ts'
import type { Problem } from '../../core/words/problems.ts'
import type { RunRequest, RunSummary } from '../../core/run/run.ts'
import type { RunMarks } from '../../core/run/marks.ts'
import type { QueueMove } from '../../core/run/queue.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer, WindowClient } from './link.ts'
import { Requests } from './requests.svelte.ts'

type QueueAction = QueueMove | 'cancel' | 'putBack' | 'goOn'

/** What of a queued run is needed to put it back where it was. */
type RemovedRun = Pick<RunSummary, 'id' | 'queuePosition' | 'continuation' | 'expectation' | keyof RunMarks>

/** How a removed run comes back: its request where it was deleted, null where it was only not to be continued. */
type WayBack = RunRequest | null

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

  /** The run that was removed last, and the one that was put back for it; null after another request was made. */
  removed = $state.raw<{
    readonly run: RemovedRun
    readonly request: WayBack
    readonly back: RunSummary | null
  } | null>(null)

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

  /** Takes a run out of the queue. Returns whether it was removed; `putBack` undoes it. */
  async cancel({
    id: run,
    queuePosition,
    continuation,
    expectation,
    name,
    note,
    tags,
    star,
    colour,
    archived,
  }: RemovedRun): Promise<boolean> {
    this.#last = run
    const answer = await this.#requests.send('cancel', run, async () => {
      const request: Answer<WayBack> =
        continuation === null
          ? await this.#lab.ask((client) => client.runs.request({ run }))
          : { ok: true, value: null }
      if (!request.ok) return request
      const gone = await this.#lab.ask((client) => client.queue.cancel({ run }))
      const marks = { name, note, tags, star, colour, archived }
      if (gone.ok) {
        this.removed = {
          run: { id: run, queuePosition, continuation, expectation, ...marks },
          request: request.value,
          back: null,
        }
      }
      return gone
    })
    return answer?.ok === true
  }

  /** Whether a removed run is being put back. */
  get isPuttingBack(): boolean {
    return this.#requests.isPending('putBack', null)
  }

  /**
   * Puts the run that was removed last back into its place. One that was deleted has a new number, since numbers are not
   * used twice.
   */
  async putBack(): Promise<void> {
    const { removed } = this
    if (removed === null || removed.back !== null) return
    this.#last = null
    await this.#requests.send('putBack', null, async () => {
      const added = await this.#lab.ask((client) => backInQueue(client, removed.run, removed.request))
      if (!added.ok) return added
      this.removed = { ...removed, back: added.value }
      return this.#restore(added.value, removed.run)
    })
  }

  /** Gives a run that was added at the end the place of the one that it stands for, and what was said of that. */
  async #restore(
    { id: run, queuePosition }: RunSummary,
    { id: before, queuePosition: place, name, note, tags, star, colour, archived }: RemovedRun,
  ): Promise<Answer<unknown>> {
    const isNew = run !== before
    if (isNew && (name !== null || note !== '' || tags.length > 0 || star || colour !== null || archived)) {
      const changes = { name, note, addTags: [...tags], star, colour, archived }
      const kept = await this.#lab.ask((client) => client.runs.mark({ runs: [run], changes }))
      if (!kept.ok) return kept
    }
    const steps = queuePosition === null || place === null ? 0 : queuePosition - place
    for (let step = 0; step < steps; step += 1) {
      const moved = await this.#lab.ask((client) => client.queue.move({ run, to: 'up' }))
      if (!moved.ok) return moved
    }
    return { ok: true, value: null }
  }

  /** Continues a held queue. */
  async goOn(): Promise<void> {
    this.#last = null
    await this.#requests.send('goOn', null, () => this.#lab.ask((client) => client.queue.goOn()))
  }
}

function backInQueue(
  client: WindowClient,
  { id: run, continuation, expectation }: RemovedRun,
  request: WayBack,
): Promise<RunSummary> {
  if (request !== null)
    return client.queue.add(expectation === null ? request : { ...request, expectation: writtenOf(expectation) })
  return client.queue.resume({ run, goal: continuation?.goal, healthEvery: continuation?.healthEvery ?? undefined })
}

export const queueControl = new QueueControl()
