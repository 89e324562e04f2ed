import { RandomNumbers } from '../numbers/random.ts'

/** Numbers that one drawing of a question may take. */
const most = 64

/** The numbers of a question, drawn one after another. Equal seed, question and drawing give equal numbers. */
export class Draw {
  readonly #random: RandomNumbers
  readonly #question: number
  readonly #first: number
  #taken = 0

  /**
   * @param seed The student's own, 0 to 2^32 - 1.
   * @param question The question's number.
   * @param drawing 0 for the numbers that a student meets first.
   */
  constructor(seed: number, question: number, drawing: number) {
    this.#random = new RandomNumbers(seed)
    this.#question = question
    this.#first = drawing * most
  }

  /** A whole number from `least` to `greatest`, both included. */
  whole(least: number, greatest: number): number {
    return least + this.#below(greatest - least + 1)
  }

  /** One of these. */
  oneOf<One>(all: readonly [One, ...One[]]): One {
    return all[this.#below(all.length)]
  }

  /** So many tenths as a number, which is never 0: from `least` to `greatest` tenths. */
  tenths(least: number, greatest: number): number {
    const drawn = this.whole(least, greatest)
    return (drawn === 0 ? greatest : drawn) / 10
  }

  #below(count: number): number {
    this.#taken += 1
    return this.#random.below(count, 'lesson', this.#question, this.#first + this.#taken)
  }
}
