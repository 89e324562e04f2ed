import { untrack } from 'svelte'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { WindowClient } from './link.ts'

type Call<Value> = (client: WindowClient) => Promise<Value>

/**
 * The answer to a question that changes faster than it is answered, as while a slider is dragged. One question is under
 * way at a time; of those that come meanwhile only the newest is asked next. The last answer stays in view until the
 * next one is there.
 */
export class Asked<Value> {
  value = $state.raw<Value | null>(null)
  problem = $state.raw<Problem | null>(null)
  pending = $state(false)
  #next: Call<Value> | null = null
  /** What the last question was about. */
  #subject: number | string | null = null
  /** Counts the times it was forgotten: answers to earlier questions are dropped. */
  #epoch = 0
  readonly #lab: Pick<LabConnection, 'ask'>

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /**
   * Asks, now or when the question under way is answered.
   * @param subject What it is about, such as a run. An answer about another subject leaves the view at once.
   */
  ask(call: Call<Value>, subject: number | string | null = null): void {
    // Untracked, so that an effect that asks does not run again because of it.
    untrack(() => {
      if (subject !== this.#subject) this.forget()
      this.#subject = subject
      this.#next = call
      if (!this.pending) void this.#askNext()
    })
  }

  /** Forgets the answer and what is under way. */
  forget(): void {
    untrack(() => {
      this.#epoch += 1
      this.#next = null
      this.value = null
      this.problem = null
    })
  }

  async #askNext(): Promise<void> {
    this.pending = true
    while (this.#next !== null) {
      const call = this.#next
      const epoch = this.#epoch
      this.#next = null
      const answer = await this.#lab.ask(call)
      if (epoch !== this.#epoch) continue
      // A refusal of an old question says nothing of the newest.
      if (answer.ok) this.value = answer.value
      this.problem = answer.ok ? null : answer.problem
    }
    this.pending = false
  }
}
