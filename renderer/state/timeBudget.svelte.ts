import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { isWithin } from '../../core/numbers/range.ts'
import { minutesRange } from '../../core/run/timeBudget.ts'
import type { Problem } from '../../core/words/problems.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { type NextRun, nextRun } from './nextRun.svelte.ts'

/** The result of a measurement. */
export interface Fitted {
  readonly minutes: number
  readonly secondsPerStep: number
  readonly steps: number
}

/** Turns minutes of training into the form's steps, by measuring how long a step takes. */
export class TimeBudget {
  /** Null for an empty field, NaN for text that is not a number. */
  minutes = $state<number | null>(5)
  #found = $state.raw<{ readonly fitted: Fitted; readonly request: string } | null>(null)
  #problem = $state.raw<Problem | null>(null)
  #measuring = $state.raw<AbortController | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #nextRun: NextRun

  constructor(to: Pick<LabConnection, 'ask'> = lab, form: NextRun = nextRun) {
    this.#lab = to
    this.#nextRun = form
  }

  measures = $derived(this.#measuring !== null)
  problem = $derived(this.#problem)
  fits = $derived(this.minutes !== null && isWithin(minutesRange, this.minutes))
  /** The result, as long as the form still matches what was measured. */
  fitted = $derived.by<Fitted | null>(() => {
    const { request } = this.#nextRun
    if (this.#found === null || request === null) return null
    return canonicalJson(request) === this.#found.request ? this.#found.fitted : null
  })

  cancel(): void {
    this.#measuring?.abort()
    this.#measuring = null
  }

  /** Measures for a few seconds and enters the steps. The result is dropped if the form has changed meanwhile. */
  async fit(): Promise<void> {
    const { minutes } = this
    const { request } = this.#nextRun
    if (this.measures || request === null || minutes === null || !this.fits) return
    const measuring = new AbortController()
    this.#measuring = measuring
    this.#problem = null
    const answer = await this.#lab.ask((client) =>
      client.runs.fitToTime({ request, seconds: minutes * 60 }, { signal: measuring.signal }),
    )
    if (measuring.signal.aborted) return
    this.#measuring = null
    if (!answer.ok) this.#problem = answer.problem
    else if (this.#nextRun.request !== null && canonicalJson(this.#nextRun.request) === canonicalJson(request))
      this.#enter(minutes, answer.value)
  }

  #enter(minutes: number, { request, secondsPerStep }: { request: RunRequest; secondsPerStep: number }): void {
    const { warmUp } = request.config.schedule
    this.#nextRun.keepMeasured(request, secondsPerStep)
    this.#nextRun.enter('goal', request.goal)
    // The warm-up was scaled with the run.
    if (this.#nextRun.form.entered.warmUpSteps !== undefined) this.#nextRun.enter('warmUpSteps', warmUp?.steps ?? null)
    if (this.#nextRun.request !== null)
      this.#found = {
        fitted: { minutes, secondsPerStep, steps: request.goal },
        request: canonicalJson(this.#nextRun.request),
      }
  }
}

export const timeBudget = new TimeBudget()
