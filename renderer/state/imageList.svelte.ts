import { SvelteMap } from 'svelte/reactivity'
import type { DataChoice } from '../../core/dataChoice.ts'
import type { ListedImage, Split } from '../../core/dataset.ts'
import type { Problem } from '../../core/problems.ts'
import { lab } from './lab.svelte.ts'

/** Which images a list has: those of one part of a set under a choice, of all its labels or of one. */
export interface ListedQuery {
  readonly dataset: string
  /** Identity of the prepared form: with another one, the list is another. */
  readonly sha256: string
  readonly choice: DataChoice
  readonly split: Split
  /** Place of the label in the choice; null: all. */
  readonly label: number | null
}

const pageSize = 200

/** A long list of images, of which the pages in view are asked for. */
export class ImageList {
  readonly #query: ListedQuery
  readonly #pages = new SvelteMap<number, readonly ListedImage[]>()
  /** The pages that were asked for; what has not come of them is no news to anyone. */
  readonly #asked: Record<number, boolean> = {}
  /** Null until the first page has come. */
  total = $state.raw<number | null>(null)
  problem = $state.raw<Problem | null>(null)

  constructor(query: ListedQuery) {
    this.#query = query
  }

  /** The image at a place of the list; null while it is not known. */
  at(place: number): ListedImage | null {
    return this.#pages.get(Math.floor(place / pageSize))?.at(place % pageSize) ?? null
  }

  /** Asks for what is not known of these places, the last one left out. */
  want(first: number, end: number): void {
    for (let page = Math.floor(first / pageSize); page * pageSize < Math.max(end, first + 1); page += 1) {
      if (this.#asked[page] !== true) void this.#ask(page)
    }
  }

  async #ask(page: number): Promise<void> {
    this.#asked[page] = true
    const { dataset, choice, split, label } = this.#query
    const answer = await lab.ask((client) =>
      client.datasets.images({ dataset, choice, split, label, from: page * pageSize, count: pageSize }),
    )
    if (answer.ok) {
      this.problem = null
      this.total = answer.value.total
      this.#pages.set(page, answer.value.images)
    } else {
      this.problem = answer.problem
      this.#asked[page] = false
    }
  }
}
