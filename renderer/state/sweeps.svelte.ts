import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { SweepDetail, SweepSummary } from '../../core/sweep/sweep.ts'
import type { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** The shortest time between two readings of the shown sweep, in milliseconds. */
const pause = 500

/** The sweeps, the one that is shown, and requests for them. */
export class Sweeps {
  readonly #lab: Pick<LabConnection, 'ask' | 'listen'>
  readonly #requests = new Requests<'start' | 'pause' | 'resume' | 'cancel', number | null>()
  /** Newest first; null until they were read. */
  list = $state.raw<readonly SweepSummary[] | null>(null)
  /** The one that a person has chosen; null: the newest. */
  #chosen = $state<number | null>(null)
  /** The shown sweep with its trials, as last read. */
  detail = $state.raw<SweepDetail | null>(null)
  /** Why the sweeps could not be read. */
  readProblem = $state.raw<Problem | null>(null)
  /** Whether the page is open, so that changes of trials matter. */
  #open = false
  #reading = false
  #again = false

  /** The shown sweep as events tell of it; null where there is none. */
  shown = $derived.by<SweepSummary | null>(() => {
    const list = this.list ?? []
    return list.find(({ id }) => id === this.#chosen) ?? list.at(0) ?? null
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

  show(id: number): void {
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

  async send(call: 'pause' | 'resume' | 'cancel', id: number): Promise<void> {
    const answer = await this.#requests.send(call, id, () =>
      this.#lab.ask((client) => client.sweeps[call]({ sweep: id })),
    )
    if (answer?.ok === true) this.#place(answer.value)
  }

  isPending(call: 'start' | 'pause' | 'resume' | 'cancel', id: number | null): boolean {
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
    const others = (this.list ?? []).filter(({ id }) => id !== sweep.id)
    this.list = [...others, sweep].sort((one, other) => other.id - one.id)
  }

  async #readList(): Promise<void> {
    const answer = await this.#lab.ask((client) => client.sweeps.list())
    this.readProblem = answer.ok ? null : answer.problem
    if (!answer.ok) return
    this.list = answer.value
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
