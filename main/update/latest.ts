/** Values of which only the newest counts: who is slow to ask for it gets that one alone. */
export class Latest<Value> {
  #latest: { readonly value: Value } | null = null
  #wake = (): void => undefined

  note(value: Value): void {
    this.#latest = { value }
    this.#wake()
  }

  /** Resolves with the newest value that was not asked for yet. */
  async next(): Promise<Value> {
    for (;;) {
      const latest = this.#latest
      this.#latest = null
      if (latest !== null) return latest.value
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
