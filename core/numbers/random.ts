import { philox } from './philox.ts'

/**
 * What a random number is for. Each purpose has numbers of its own, so that switching one distortion off leaves all
 * others as they were. A number once given to a purpose is part of every run's result and is never used again.
 */
const purposes = {
  order: 1,
  weights: 2,
  place: 3,
  colour: 4,
  shift: 5,
  cutout: 6,
  mixup: 7,
  dropout: 10,
  validation: 20,
  division: 30,
  narrowing: 31,
  ascent: 40,
  timing: 50,
  embedding: 60,
  layout: 61,
  sweep: 70,
  shuffle: 71,
  drawing: 80,
  lesson: 90,
} as const

export type Purpose = keyof typeof purposes

/** A random word as a number in [0, 1). */
export function share(word: number): number {
  return word / 0x1_0000_0000
}

/** A random word as a number in [min, max). */
export function within(min: number, max: number, word: number): number {
  return min + (max - min) * share(word)
}

/** A random word as one of 0, 1, ..., count - 1; the chances differ by less than count / 2^32. */
export function oneOf(count: number, word: number): number {
  return Math.floor(share(word) * count)
}

/**
 * The random numbers of one run, or of one choice of data. Each is a pure function of (seed, purpose, epoch, position,
 * block): nothing needs saving, and any step can be drawn again. Where there are no epochs, another number takes their
 * place.
 */
export class RandomNumbers {
  readonly #seed: number
  readonly #words = new Uint32Array(4)

  /** @param seed 0 to 2^32 - 1. */
  constructor(seed: number) {
    this.#seed = seed
  }

  /** Four words of 32 random bits each; the array is overwritten by the next call. */
  words(purpose: Purpose, epoch: number, position: number, block = 0): Uint32Array {
    philox(block, position, epoch, purposes[purpose], this.#seed, 0, this.#words)
    return this.#words
  }

  /** Uniform in [0, 1), with all 53 bits that a double holds. */
  uniform(purpose: Purpose, epoch: number, position: number): number {
    const words = this.words(purpose, epoch, position)
    return ((words[0] >>> 5) * 0x4000000 + (words[1] >>> 6)) / 0x20000000000000
  }

  /** Uniform in [min, max). */
  between(min: number, max: number, purpose: Purpose, epoch: number, position: number): number {
    return min + (max - min) * this.uniform(purpose, epoch, position)
  }

  /** Uniform among 0, 1, ..., count - 1; the chances differ by less than count / 2^53. */
  below(count: number, purpose: Purpose, epoch: number, position: number): number {
    return Math.floor(this.uniform(purpose, epoch, position) * count)
  }
}
