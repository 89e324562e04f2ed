import { RandomNumbers } from '../../core/numbers/random.ts'
import type { Evaluation } from '../../core/run/run.ts'

/** How well a made-up run learns. */
export interface Talent {
  /** Loss of the first step: that of guessing among the classes, or worse. */
  readonly firstLoss: number
  /** What the loss falls to. */
  readonly lastLoss: number
  readonly lastAccuracy: number
  /** Steps in which what is left to learn becomes 1 / e of it. */
  readonly pace: number
  /** How far the values of single batches scatter. */
  readonly scatter: number
  /** Seconds of a step. */
  readonly stepSeconds: number
}

/** Metrics of consecutive steps, as the history takes them. */
export interface LearntSteps {
  readonly loss: readonly number[]
  readonly accuracy: readonly number[]
  readonly seconds: readonly number[]
}

/** A made-up run: its metrics are a pure function of the talent, the seed and the step. */
export class Learner {
  readonly #talent: Talent
  readonly #random: RandomNumbers

  constructor(talent: Talent, seed: number) {
    this.#talent = talent
    this.#random = new RandomNumbers(seed)
  }

  /** The steps `first` to `last`, both included. */
  steps(first: number, last: number): LearntSteps {
    const { scatter, stepSeconds } = this.#talent
    const [loss, accuracy, seconds]: [number[], number[], number[]] = [[], [], []]
    for (let step = first; step <= last; step += 1) {
      const [one, other, third] = this.#random.words('order', 0, step)
      // Batches scatter around the curve; some go far above it.
      const outlier = third < 0x100_0000 ? 1.5 : 1
      loss.push(this.#loss(step) * (1 + scatter * (deviate(one) + deviate(other))) * outlier)
      accuracy.push(within01(this.#accuracy(step) + (scatter / 4) * (deviate(other) - deviate(one) / 2)))
      seconds.push(step * stepSeconds)
    }
    return { loss, accuracy, seconds }
  }

  /** What is measured at a step, on the test set and on held-out images. */
  evaluation(step: number, validated: boolean): Evaluation {
    const [one, other] = this.#random.words('validation', 0, step)
    const accuracy = within01(this.#accuracy(step) - 0.02 + 0.01 * deviate(one))
    const loss = this.#loss(step) * (1.05 + 0.02 * deviate(one))
    return {
      step,
      loss,
      accuracy,
      validation: validated ? { loss: loss * 1.01, accuracy: within01(accuracy + 0.01 * deviate(other)) } : null,
    }
  }

  #left(step: number): number {
    return Math.exp(-step / this.#talent.pace)
  }

  #loss(step: number): number {
    const { firstLoss, lastLoss } = this.#talent
    return lastLoss + (firstLoss - lastLoss) * this.#left(step)
  }

  #accuracy(step: number): number {
    const { lastAccuracy } = this.#talent
    return 0.1 + (lastAccuracy - 0.1) * (1 - this.#left(step))
  }
}

/** A random word as a number in [-1, 1). */
function deviate(word: number): number {
  return word / 0x8000_0000 - 1
}

function within01(share: number): number {
  return Math.min(1, Math.max(0, share))
}
