import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { SendingProgress, SweepToSend } from '../../core/sweep/sending.ts'
import type { SweepDetail, SweepSummary } from '../../core/sweep/sweep.ts'
import type { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { problem, type Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** The shortest time between two readings of the shown sweep, in milliseconds. */
const pause = 500

type Call = 'start' | 'send' | 'pause' | 'resume' | 'cancel' | 'delete' | 'restore'

/** A sweep that was deleted here, as long as a person may want to take that back. */
export interface RemovedSweep {
  readonly id: number
  /** Whether its runs went into the bin with it. */
  readonly withRuns: boolean
}

/** What is on its way to a cluster. */
export interface SweepUnderWay {
  /** Null: a new one. */
  readonly sweep: number | null
  /** Null until the cluster has answered. */
  readonly progress: SendingProgress | null
}

/** The sweeps, the one that is shown, and requests for them. */
export class Sweeps {
  readonly #lab: Pick<LabConnection, 'ask' | 'listen'>
  readonly #requests = new Requests<Call, number | null>()
  /** Newest first, deleted ones too; null until they were read. */
  #all = $state.raw<readonly SweepSummary[] | null>(null)
  /** The one that a person has chosen; null: the newest. */
  #chosen = $state<number | null>(null)
  /** Newest first; null until they were read. */
  list = $derived(this.#all === null ? null : this.#all.filter(({ deletedAt }) => deletedAt === null))
  /** Those that can be restored, newest first. */
  deleted = $derived((this.#all ?? []).filter(({ deletedAt }) => deletedAt !== null))
  /** The shown sweep with its trials, as last read. */
  detail = $state.raw<SweepDetail | null>(null)
  /** Why the sweeps could not be read. */
  readProblem = $state.raw<Problem | null>(null)
  /** The one that was deleted last. */
  removed = $state.raw<RemovedSweep | null>(null)
  /** What this window sends to a cluster now. */
  sending = $state.raw<SweepUnderWay | null>(null)
  #callBack = new AbortController()
  /** Whether the page is open, so that changes of trials matter. */
  #open = false
  #reading = false
  #again = false

  /** The shown sweep as events tell of it; null where there is none. */
  shown = $derived.by<SweepSummary | null>(() => {
    const list = this.list ?? []
    return this.#chosen === null ? (list.at(0) ?? null) : (list.find(({ id }) => id === this.#chosen) ?? null)
  })

  /** Why the chosen sweep is not shown: there is none of this number, or it was deleted. */
  absent = $derived.by<Problem | null>(() => {
    const id = this.#chosen
    if (id === null || this.list === null || this.shown !== null) return null
    return this.deleted.some((sweep) => sweep.id === id)
      ? problem('sweep-deleted', { sweep: id })
      : problem('sweep-unknown', { sweep: id })
  })

  constructor(of: Pick<LabConnection, 'ask' | 'listen'> = lab) {
    this.#lab = of
    of.listen((news) => {
      if (news.kind === 'reread') void this.#readList()
      else this.#hear(news)
    })
  }

  /** Reads the trials of the shown sweep, and anew whenever they change, until the returned function is called. */
  open(): () => void {
    this.#open = true
    void this.#readDetail()
    return () => {
      this.#open = false
    }
  }

  /** Shows a sweep; null shows the newest. */
  show(id: number | null): void {
    if (id === this.#chosen) return
    this.#chosen = id
    void this.#readDetail()
  }

  /** Begins a sweep and shows it. Returns whether it was begun. */
  async start(plan: SweepPlan, confirmed: number | null): Promise<boolean> {
    const answer = await this.#requests.send('start', null, () =>
      this.#lab.ask((client) => client.sweeps.start({ plan, ...(confirmed === null ? {} : { confirmed }) })),
    )
    if (answer?.ok !== true) return false
    this.#place(answer.value)
    this.show(answer.value.id)
    return true
  }

  /** Sends a sweep to a cluster, or what is left of one, and shows it. Returns whether it was begun. */
  async sendToCluster(order: SweepToSend): Promise<boolean> {
    if (this.sending !== null) return false
    const subject = 'sweep' in order ? order.sweep : null
    const { signal } = (this.#callBack = new AbortController())
    this.sending = { sweep: subject, progress: null }
    const answer = await this.#requests.send('send', subject, () =>
      this.#lab.ask(async (client) => {
        for await (const event of await client.sweeps.send(order, { signal })) {
          if (event.kind === 'begun') return event.sweep
          this.sending = { sweep: subject, progress: event.progress }
        }
        return null
      }),
    )
    this.sending = null
    // Who calls it back knows why it was not begun.
    if (signal.aborted) this.#requests.forget(subject)
    if (answer?.ok !== true || answer.value === null) return false
    this.#place(answer.value)
    this.show(answer.value.id)
    return true
  }

  /** Calls back what is on its way to a cluster. */
  callBack(): void {
    this.#callBack.abort()
  }

  /** @param here Whether its cluster need not be asked. */
  async send(call: 'pause' | 'resume' | 'cancel', id: number, here = false): Promise<void> {
    const answer = await this.#requests.send(call, id, () =>
      this.#lab.ask((client) =>
        call === 'resume' ? client.sweeps.resume({ sweep: id }) : client.sweeps[call]({ sweep: id, here }),
      ),
    )
    if (answer?.ok === true) this.#place(answer.value)
  }

  /** Deletes a sweep, with its runs or without. */
  async remove(id: number, runs: 'bin' | 'keep'): Promise<void> {
    const answer = await this.#requests.send('delete', id, () =>
      this.#lab.ask((client) => client.sweeps.delete({ sweep: id, runs })),
    )
    if (answer?.ok !== true) return
    this.#place(answer.value)
    this.removed = { id, withRuns: runs === 'bin' }
    this.show(null)
  }

  /** Restores a deleted sweep and shows it. */
  async restore(id: number): Promise<void> {
    const answer = await this.#requests.send('restore', id, () =>
      this.#lab.ask((client) => client.sweeps.restore({ sweep: id })),
    )
    if (answer?.ok !== true) return
    this.#place(answer.value)
    this.removed = null
    this.show(id)
  }

  /** Lets go of what was deleted last; it can still be restored. */
  forget(): void {
    this.removed = null
  }

  isPending(call: Call, id: number | null): boolean {
    return this.#requests.isPending(call, id)
  }

  /** Why the last request about a sweep was refused; null is that for a new one. */
  problemOf(id: number | null): Problem | null {
    return this.#requests.problemOf(id)
  }

  #hear(event: LabEvent): void {
    if (event.kind === 'sweep') this.#place(event.sweep)
    const id = this.shown?.id
    const changes =
      (event.kind === 'sweep' && event.sweep.id === id) ||
      (event.kind === 'run' && event.run.sweep === id && id !== undefined)
    if (changes && this.#open) void this.#readDetail()
  }

  #place(sweep: SweepSummary): void {
    const others = (this.#all ?? []).filter(({ id }) => id !== sweep.id)
    this.#all = [...others, sweep].sort((one, other) => other.id - one.id)
  }

  async #readList(): Promise<void> {
    const answer = await this.#lab.ask((client) => client.sweeps.list())
    this.readProblem = answer.ok ? null : answer.problem
    if (!answer.ok) return
    this.#all = answer.value
    if (this.#open) await this.#readDetail()
  }

  /** Reads the shown sweep, one reading at a time and not too often; what changes meanwhile is read afterwards. */
  async #readDetail(): Promise<void> {
    const id = this.shown?.id
    if (id === undefined) return
    if (this.#reading) {
      this.#again = true
      return
    }
    this.#reading = true
    const answer = await this.#lab.ask((client) => client.sweeps.show({ sweep: id }))
    this.readProblem = answer.ok ? null : answer.problem
    if (answer.ok) {
      this.detail = answer.value
      this.#place(answer.value.sweep)
    }
    if (this.shown?.id === id) await new Promise((resolve) => setTimeout(resolve, pause))
    this.#reading = false
    if (!this.#again) return
    this.#again = false
    await this.#readDetail()
  }
}

export const sweeps = new Sweeps()
