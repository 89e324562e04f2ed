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

/** A request that was fitted to a time, and how long each of its steps takes. */
interface Measured {
  readonly request: RunRequest
  readonly secondsPerStep: number
}

/** Seconds to which a request is fitted where its steps alone are wanted. */
const anyTime = 600

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
    if (request === null || minutes === null || !this.fits) return
    const measured = await this.#measure(request, minutes * 60)
    if (
      measured !== null &&
      this.#nextRun.request !== null &&
      canonicalJson(this.#nextRun.request) === canonicalJson(request)
    )
      this.#enter(minutes, measured)
  }

  /** Measures for a few seconds how fast the run of the form would train, and enters nothing. */
  async forecast(): Promise<void> {
    const { request } = this.#nextRun
    if (request !== null) await this.#measure(request, anyTime)
  }

  /** Null where it was cancelled or refused, or is under way already. */
  async #measure(asked: RunRequest, seconds: number): Promise<Measured | null> {
    if (this.measures) return null
    const measuring = new AbortController()
    this.#measuring = measuring
    this.#problem = null
    const answer = await this.#lab.ask((client) =>
      client.runs.fitToTime({ request: asked, seconds }, { signal: measuring.signal }),
    )
    if (measuring.signal.aborted) return null
    this.#measuring = null
    if (!answer.ok) {
      this.#problem = answer.problem
      return null
    }
    this.#nextRun.keepMeasured(answer.value.request, answer.value.secondsPerStep)
    return answer.value
  }

  #enter(minutes: number, { request, secondsPerStep }: Measured): void {
    const { warmUp } = request.config.schedule
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
