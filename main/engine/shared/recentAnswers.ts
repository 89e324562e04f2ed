/**
 * Answers that are kept by a key, up to so many bytes in all. Those unused for longest go first; the newest stays
 * whatever its size. Who asks for one that is on its way waits for the same.
 */
export class RecentAnswers<Answer> {
  readonly #most: number
  readonly #bytesOf: (answer: Answer) => number
  /** In the order of their last use: the first is the one unused for longest. */
  readonly #kept = new Map<string, Promise<Answer>>()
  /** Of the answers that are there. */
  readonly #bytes = new Map<string, number>()

  /** @param most Bytes of all answers together. */
  constructor(most: number, bytesOf: (answer: Answer) => number) {
    this.#most = most
    this.#bytesOf = bytesOf
  }

  /** The answer for a key, found by `find` where it is not known. A failure is not kept. @throws as `find` does. */
  of(key: string, find: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#kept.get(key) ?? this.#found(key, find)
    this.#use(key, answer)
    return answer
  }

  /** The answer for a key, if it is known or on its way. */
  known(key: string): Promise<Answer> | null {
    const answer = this.#kept.get(key)
    if (answer === undefined) return null
    this.#use(key, answer)
    return answer
  }

  /** Keeps an answer that was found otherwise. */
  keep(key: string, answer: Answer): void {
    this.#use(key, Promise.resolve(answer))
    this.#bytes.set(key, this.#bytesOf(answer))
    this.#forgetOldest()
  }

  async #found(key: string, find: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await find()
      this.#bytes.set(key, this.#bytesOf(answer))
      this.#forgetOldest()
      return answer
    } catch (thrown) {
      this.#kept.delete(key)
      throw thrown
    }
  }

  #use(key: string, answer: Promise<Answer>): void {
    this.#kept.delete(key)
    this.#kept.set(key, answer)
  }

  #forgetOldest(): void {
    let sum = [...this.#bytes.values()].reduce((total, bytes) => total + bytes, 0)
    for (const key of this.#kept.keys()) {
      if (sum <= this.#most || this.#bytes.size === 1) break
      const bytes = this.#bytes.get(key)
      // One that is still being found.
      if (bytes === undefined) continue
      sum -= bytes
      this.#kept.delete(key)
      this.#bytes.delete(key)
    }
  }
}
