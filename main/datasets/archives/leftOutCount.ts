import { namedPaths, type LeftOut } from '../../../core/data/leftOut.ts'
import type { Phrase } from '../../../core/words/phrases.ts'

/** Told of each file, folder or link that is not taken, with its path among the originals. */
export type OnLeftOut = (why: Phrase, path: string) => void

/** Counts by reason what is left out while a set's files are read. */
export class LeftOutCount {
  readonly #byReason = new Map<string, { readonly why: Phrase; count: number; readonly first: string[] }>()

  readonly add: OnLeftOut = (why, path) => {
    const key = JSON.stringify([why.phrase, why.parameters])
    const known = this.#byReason.get(key) ?? { why, count: 0, first: [] }
    known.count += 1
    if (known.first.length < namedPaths) known.first.push(path)
    this.#byReason.set(key, known)
  }

  /** The most frequent reason first. */
  get list(): LeftOut[] {
    return [...this.#byReason.values()]
      .map(({ why, count, first }) => ({ why, count, first: [...first] }))
      .sort((one, other) => other.count - one.count)
  }
}
