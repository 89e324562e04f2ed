import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { Problem } from '../../core/words/problems.ts'
import type { Answer } from './link.ts'

/**
 * Requests of one kind: which are under way, and why the last ones were refused. A request is identified by its call
 * and its subject, for example `pause` and the id of a run, so requests do not affect each other.
 */
export class Requests<Call extends string, Subject extends string | number | null = null> {
  readonly #pending = new SvelteMap<string, { readonly call: Call; readonly subject: Subject }>()
  readonly #refused = new SvelteMap<
    string,
    { readonly call: Call; readonly subject: Subject; readonly problem: Problem }
  >()

  /**
   * Sends a request and forgets earlier refusals about the same subject. If the same request is already under way,
   * nothing is sent and the result is null.
   */
  async send<Value>(call: Call, subject: Subject, ask: () => Promise<Answer<Value>>): Promise<Answer<Value> | null> {
    const key = `${call} ${subject}`
    // Untracked, so that an effect that sends a request does not run again because of it.
    const isNew = untrack(() => {
      if (this.#pending.has(key)) return false
      this.forget(subject)
      this.#pending.set(key, { call, subject })
      return true
    })
    if (!isNew) return null
    try {
      const answer = await ask()
      if (!answer.ok) this.#refused.set(key, { call, subject, problem: answer.problem })
      return answer
    } finally {
      this.#pending.delete(key)
    }
  }

  isPending(call: Call, subject: Subject): boolean {
    return this.#pending.has(`${call} ${subject}`)
  }

  /** The oldest request under way about a subject, or null. */
  pendingOf(subject: Subject): Call | null {
    for (const request of this.#pending.values()) if (request.subject === subject) return request.call
    return null
  }

  /** The problem of the newest refused request about a subject; only among these calls, if any are given. */
  problemOf(subject: Subject, ...calls: readonly Call[]): Problem | null {
    const refused = [...this.#refused.values()].findLast(
      (request) => request.subject === subject && (calls.length === 0 || calls.includes(request.call)),
    )
    return refused?.problem ?? null
  }

  /** The problem of the newest refused request about any subject. */
  get problem(): Problem | null {
    return [...this.#refused.values()].at(-1)?.problem ?? null
  }

  /** The subjects for which this call was refused. */
  refusedSubjects(call: Call): Subject[] {
    return [...this.#refused.values()].filter((request) => request.call === call).map(({ subject }) => subject)
  }

  /** Forgets the refusals about a subject. */
  forget(subject: Subject): void {
    for (const [key, request] of this.#refused) if (request.subject === subject) this.#refused.delete(key)
  }
}
