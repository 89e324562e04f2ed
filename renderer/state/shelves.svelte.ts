import type { DiskUse } from '../../core/run/bin.ts'
import type { MarkChanges } from '../../core/run/marks.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer, WindowClient } from './link.ts'
import { type Ticks, ticks, binTicks } from './ticks.svelte.ts'

/** What was done last, as long as a person may want to read it or take it back. */
export type Done =
  | { readonly kind: 'deleted' | 'restored' | 'archived' | 'unarchived'; readonly runs: readonly number[] }
  | { readonly kind: 'spelled'; readonly given: string; readonly kept: string }
  | { readonly kind: 'given-back'; readonly checkpoints: number; readonly bytes: number }
  | { readonly kind: 'emptied'; readonly runs: number; readonly bytes: number; readonly left: readonly Problem[] }

/** How far the emptying of the bin is. */
export interface Emptying {
  readonly done: number
  readonly total: number
  /** Seconds left at the speed so far; null before anything is done. */
  readonly secondsLeft: number | null
}

/** What is done to runs: names, notes, tags, stars, the archive and the bin. */
export class Shelves {
  done = $state.raw<Done | null>(null)
  problem = $state.raw<Problem | null>(null)
  emptying = $state.raw<Emptying | null>(null)
  use = $state.raw<DiskUse | null>(null)
  /** Whether something is under way that a person waits for. */
  busy = $state(false)
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #ticks: Ticks
  readonly #binTicks: Ticks
  #stop: AbortController | null = null

  constructor(
    of: Pick<LabConnection, 'ask'> = lab,
    { kept, bin }: { readonly kept: Ticks; readonly bin: Ticks } = { kept: ticks, bin: binTicks },
  ) {
    this.#lab = of
    this.#ticks = kept
    this.#binTicks = bin
  }

  forget(): void {
    this.done = null
    this.problem = null
  }

  /** Changes marks. Whether it worked; otherwise `problem` says why not. */
  async mark(runs: readonly number[], changes: MarkChanges): Promise<boolean> {
    const answer = await this.#ask((client) => client.runs.mark({ runs: [...runs], changes }))
    if (!answer.ok) return false
    const [spelled] = answer.value.spelled
    if (answer.value.spelled.length > 0) this.done = { kind: 'spelled', ...spelled }
    else if (changes.archived !== undefined)
      this.done = { kind: changes.archived ? 'archived' : 'unarchived', runs: [...runs] }
    return true
  }

  /** Puts runs into the bin; they are no longer ticked. */
  async remove(runs: readonly number[]): Promise<void> {
    const answer = await this.#ask((client) => client.runs.delete({ runs: [...runs] }))
    if (!answer.ok) return
    this.#ticks.setAll(this.#ticks.runs.filter((run) => !runs.includes(run)))
    this.done = { kind: 'deleted', runs: [...runs] }
  }

  async restore(runs: readonly number[]): Promise<void> {
    const answer = await this.#ask((client) => client.runs.restore({ runs: [...runs] }))
    if (!answer.ok) return
    this.#binTicks.setAll(this.#binTicks.runs.filter((run) => !runs.includes(run)))
    this.done = { kind: 'restored', runs: [...runs] }
  }

  /** Takes back what was done last. */
  async undo(): Promise<void> {
    const { done } = this
    if (done === null || !('runs' in done) || typeof done.runs === 'number') return
    if (done.kind === 'deleted') {
      await this.restore(done.runs)
      if (this.problem === null)
        this.#ticks.setAll([...this.#ticks.runs.filter((run) => !done.runs.includes(run)), ...done.runs])
    } else if (done.kind === 'restored') await this.remove(done.runs)
    else await this.mark(done.runs, { archived: done.kind === 'unarchived' })
  }

  async giveBackSpace(runs: readonly number[]): Promise<void> {
    const answer = await this.#ask((client) => client.runs.giveBackSpace({ runs: [...runs] }))
    if (answer.ok) this.done = { kind: 'given-back', ...answer.value }
    await this.measure()
  }

  /** Deletes for good what lies in the bin, or these runs of it. */
  async emptyBin(runs?: readonly number[]): Promise<void> {
    const stop = new AbortController()
    this.#stop = stop
    const begun = performance.now()
    const answer = await this.#ask(async (client) => {
      const events = await client.runs.emptyBin(runs === undefined ? {} : { runs: [...runs] }, { signal: stop.signal })
      for await (const event of events) {
        if (event.kind === 'emptied') return event
        const { done, total } = event
        const secondsEach = (performance.now() - begun) / 1000 / Math.max(1, done)
        this.emptying = { done, total, secondsLeft: done === 0 ? null : secondsEach * (total - done) }
      }
      return null
    })
    const stopped = stop.signal.aborted
    this.#stop = null
    this.emptying = null
    if (stopped) this.problem = null
    if (answer.ok && answer.value !== null) {
      const { runs: gone, bytes, left } = answer.value
      this.#binTicks.setAll([])
      this.done = { kind: 'emptied', runs: gone, bytes, left: left.map(({ problem }) => problem) }
    }
    await this.measure()
  }

  /** Ends the emptying after the run that is being deleted. */
  stopEmptying(): void {
    this.#stop?.abort()
  }

  /** Reads what the home folder takes of the disk. */
  async measure(): Promise<void> {
    const answer = await this.#lab.ask((client) => client.runs.diskUse({}))
    if (answer.ok) this.use = answer.value
  }

  async #ask<Value>(call: (client: WindowClient) => Promise<Value>): Promise<Answer<Value>> {
    this.forget()
    this.busy = true
    const answer = await this.#lab.ask(call)
    this.busy = false
    this.problem = answer.ok ? null : answer.problem
    return answer
  }
}

export const shelves = new Shelves()
