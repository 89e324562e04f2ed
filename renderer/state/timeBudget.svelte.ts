import { canonicalJson } from '../../core/canonicalJson.ts'
import { isWithin } from '../../core/range.ts'
import { minutesRange } from '../../core/timeBudget.ts'
import type { Problem } from '../../core/problems.ts'
import type { RunRequest } from '../../core/run.ts'
import { lab } from './lab.svelte.ts'
import { nextRun } from './nextRun.svelte.ts'

/** What a measurement found. */
export interface Fitted {
  readonly minutes: number
  readonly secondsPerStep: number
  readonly steps: number
}

/** Turns minutes of training into the form's steps, by measuring how long a step takes. */
class TimeBudget {
  /** Null where the field is empty, NaN where what stands in it is no number. */
  minutes = $state<number | null>(5)
  #found = $state.raw<{ readonly fitted: Fitted; readonly request: string } | null>(null)
  #problem = $state.raw<Problem | null>(null)
  #measuring = $state.raw<AbortController | null>(null)

  measures = $derived(this.#measuring !== null)
  problem = $derived(this.#problem)
  fits = $derived(this.minutes !== null && isWithin(minutesRange, this.minutes))
  /** What was found, as long as the form says what was measured. */
  fitted = $derived<Fitted | null>(
    this.#found !== null && nextRun.request !== null && canonicalJson(nextRun.request) === this.#found.request
      ? this.#found.fitted
      : null,
  )

  cancel(): void {
    this.#measuring?.abort()
    this.#measuring = null
  }

  /**
   * Measures, which takes a few seconds, and enters the steps; they are dropped where the form was changed meanwhile.
   */
  async fit(): Promise<void> {
    const { minutes } = this
    const { request } = nextRun
    if (this.measures || request === null || minutes === null || !this.fits) return
    const measuring = new AbortController()
    this.#measuring = measuring
    this.#problem = null
    const answer = await lab.ask((client) =>
      client.runs.fitToTime({ request, seconds: minutes * 60 }, { signal: measuring.signal }),
    )
    if (measuring.signal.aborted) return
    this.#measuring = null
    if (!answer.ok) this.#problem = answer.problem
    else if (nextRun.request !== null && canonicalJson(nextRun.request) === canonicalJson(request))
      this.#enter(minutes, answer.value)
  }

  #enter(minutes: number, { request, secondsPerStep }: { request: RunRequest; secondsPerStep: number }): void {
    const { warmUp } = request.config.schedule
    nextRun.keepMeasured(request, secondsPerStep)
    nextRun.enter('goal', request.goal)
    // It was shortened or lengthened with the run.
    if (nextRun.form.entered.warmUpSteps !== undefined) nextRun.enter('warmUpSteps', warmUp?.steps ?? null)
    if (nextRun.request !== null)
      this.#found = {
        fitted: { minutes, secondsPerStep, steps: request.goal },
        request: canonicalJson(nextRun.request),
      }
  }
}

export const timeBudget = new TimeBudget()
