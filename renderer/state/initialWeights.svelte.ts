import { SvelteMap } from 'svelte/reactivity'
import { untrack } from 'svelte'
import type { InitialKernel, InitialWeightsEvent, InitialWeightsQuestion } from '../../core/network/initialWeights.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** A layer's weights before training; `unknown` where they depend on images that are not there. */
export type KnownWeights = InitialKernel | 'unknown'

/** The weights with which a network would begin, by layer, as they are told one after the other. */
export class InitialWeights {
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #known = new SvelteMap<string, KnownWeights>()
  problem = $state.raw<Problem | null>(null)
  running = $state(false)
  #asked: string | null = null
  #abort = new AbortController()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  of(layer: string): KnownWeights | null {
    return this.#known.get(layer) ?? null
  }

  /** Asks for a network's weights, unless it was this one that was asked for last. */
  ask(question: InitialWeightsQuestion): void {
    const text = canonicalJson(question)
    // Untracked, so that an effect that asks does not run again because of it.
    untrack(() => {
      if (text !== this.#asked) void this.#listen(question, text)
    })
  }

  async #listen(question: InitialWeightsQuestion, text: string): Promise<void> {
    this.#abort.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.#asked = text
    this.#known.clear()
    this.problem = null
    this.running = true
    const answer = await this.#lab.ask(async (client) => {
      const events = await client.measure.initialWeights(question, { signal: abort.signal })
      for await (const event of events) {
        if (abort.signal.aborted) break
        this.#hear(event)
      }
    })
    if (abort !== this.#abort) return
    this.running = false
    if (answer.ok || abort.signal.aborted) return
    this.problem = answer.problem
    this.#asked = null
  }

  #hear(event: InitialWeightsEvent): void {
    if (event.kind === 'kernel') this.#known.set(event.layer, event)
    else if (event.kind === 'unknown') this.#known.set(event.layer, 'unknown')
  }

  /** Stops what is under way. */
  stop(): void {
    this.#abort.abort()
    this.#asked = null
    this.running = false
  }
}

export const initialWeights = new InitialWeights()
