import {
  checkedExpectation,
  Expectation,
  type KeptExpectation,
  reasonFits,
} from '../../core/expectations/expectation.ts'
import { inPercent, isWithin, limitsOf, percentOf } from '../../core/numbers/range.ts'

/** The range of the expected accuracy, in percent. */
export const expectedRange = inPercent(limitsOf(Expectation.shape.accuracy))

/** What a person writes of what they expect of a run. */
export class ExpectationForm {
  /** In percent. Null for an empty field, NaN for text that is not a number. */
  accuracy = $state<number | null>(null)
  /** The run that it is compared with; null: none. */
  other = $state<number | null>(null)
  better = $state<'this' | 'other'>('this')
  because = $state('')

  accuracyFits = $derived(this.accuracy === null || isWithin(expectedRange, this.accuracy))
  becauseFits = $derived(reasonFits(this.because))
  fits = $derived(this.accuracyFits && this.becauseFits)

  /** Null where nothing is expected, or something does not fit. */
  expectation = $derived.by<Expectation | null>(() => {
    const { accuracy, other, better, because } = this
    if (!this.fits) return null
    return checkedExpectation({
      accuracy: accuracy === null ? null : accuracy / 100,
      versus: other === null ? null : { run: other, better },
      because,
    })
  })

  /** Empties it, so that nothing is expected of the next run that was expected of another. */
  clear(): void {
    this.take(null)
  }

  /** Shows what was written. */
  take(kept: KeptExpectation | null): void {
    this.accuracy = kept === null || kept.accuracy === null ? null : percentOf(kept.accuracy)
    this.other = kept?.versus?.run ?? null
    this.better = kept?.versus?.better ?? 'this'
    this.because = kept?.because ?? ''
  }
}

/** What is expected of the next run. It lives as long as the window and is emptied when that run has begun. */
export const nextExpectation = new ExpectationForm()
