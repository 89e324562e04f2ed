import type { PassProgress } from '../../core/inspect/passProgress.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { WindowClient } from './link.ts'

/**
 * A question that takes long: it tells its progress, ends with an answer, and can be cancelled. A new one takes the
 * place of the one under way.
 */
export class Pass<Last extends { readonly kind: string }, Progress extends PassProgress = PassProgress> {
  running = $state(false)
  /** Null until the first progress comes. */
  progress = $state.raw<Progress | null>(null)
  last = $state.raw<Last | null>(null)
  problem = $state.raw<Problem | null>(null)
  #abort = new AbortController()
  readonly #lab: Pick<LabConnection, 'ask'>

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Asks, and resolves with the answer; null where it was cancelled or refused. */
  async ask(
    call: (client: WindowClient, signal: AbortSignal) => Promise<AsyncIterable<Progress | Last>>,
  ): Promise<Last | null> {
    this.#abort.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.running = true
    this.progress = null
    this.last = null
    this.problem = null
    const answer = await this.#lab.ask(async (client) => {
      let last: Last | null = null
      for await (const event of await call(client, abort.signal)) {
        if (abort.signal.aborted) break
        if (isProgress<Progress>(event)) this.progress = event
        else last = event
      }
      return last
    })
    if (abort !== this.#abort) return null
    this.running = false
    if (abort.signal.aborted) return null
    this.problem = answer.ok ? null : answer.problem
    this.last = answer.ok ? answer.value : null
    return this.last
  }

  cancel(): void {
    this.#abort.abort()
  }

  /** Cancels it and forgets its answer. */
  forget(): void {
    this.#abort.abort()
    this.progress = null
    this.last = null
    this.problem = null
  }
}

function isProgress<Progress extends PassProgress>(event: { readonly kind: string }): event is Progress {
  return event.kind === 'progress'
}
