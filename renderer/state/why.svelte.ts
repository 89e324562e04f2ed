import type { Hint } from '../../core/advice/hint.ts'
import type { HintKind } from '../../core/advice/hintKind.ts'
import { appearance, type Appearance } from './appearance.svelte.ts'
import { Asked } from './asked.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** A part of a run, both ends included. */
export interface MarkedSteps {
  readonly from: number
  readonly to: number
}

/** What is noticed about the run that is shown, and what of it is marked on its charts. */
export class Why {
  readonly #asked: Asked<readonly Hint[]>
  readonly #appearance: Pick<Appearance, 'chosen' | 'choose'>
  #run = $state.raw<number | null>(null)
  /** The kind that a person wants marked; null for none, undefined where nobody has said. */
  #marked = $state.raw<HintKind | null | undefined>(undefined)

  constructor(to: Pick<LabConnection, 'ask'> = lab, of: Pick<Appearance, 'chosen' | 'choose'> = appearance) {
    this.#asked = new Asked(to)
    this.#appearance = of
  }

  /** Asks what is noticed about a run now. The last answer about it stays until then. */
  ask(run: number): void {
    if (run !== this.#run) this.#marked = undefined
    this.#run = run
    this.#asked.ask(async (client) => (await client.runs.why({ run })).hints, run)
  }

  /** What is noticed, what spoils the run most first; null before the first answer. */
  get hints(): readonly Hint[] | null {
    return this.#asked.value
  }

  get problem(): Asked<readonly Hint[]>['problem'] {
    return this.#asked.problem
  }

  /** The one hint that is shown unasked; null where there is none. */
  get unasked(): Hint | null {
    return this.hints?.find(({ kind }) => !this.isQuiet(kind)) ?? null
  }

  /** The same of a run, as soon as it is the one that was asked about. */
  unaskedOf(run: number): Hint | null {
    return run === this.#run ? this.unasked : null
  }

  /** Whether hints of a kind are shown only to those who ask. */
  isQuiet(kind: HintKind): boolean {
    return this.#appearance.chosen.quietHints.includes(kind)
  }

  /** Shows hints of a kind unasked, or no longer. It is kept in the home folder. */
  async setQuiet(kind: HintKind, quiet: boolean): Promise<void> {
    const others = this.#appearance.chosen.quietHints.filter((one) => one !== kind)
    await this.#appearance.choose({ quietHints: quiet ? [...others, kind] : others })
  }

  isMarked(kind: HintKind): boolean {
    return (this.#marked === undefined ? this.unasked?.kind : this.#marked) === kind
  }

  mark(kind: HintKind | null): void {
    this.#marked = kind
  }

  /** The steps of a run that are marked on its charts. */
  markedOf(run: number): MarkedSteps | null {
    if (run !== this.#run) return null
    const evidence = this.hints?.find(({ kind }) => this.isMarked(kind))?.evidence
    return evidence !== undefined && 'from' in evidence ? { from: evidence.from, to: evidence.to } : null
  }
}

export const why = new Why()
