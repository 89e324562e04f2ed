import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { DataChoice } from '../../core/data/dataChoice.ts'
import type { ListedImage, Split } from '../../core/data/dataset.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** What a list contains: one part of a set under a choice, with all its labels or a single one. */
export interface ListedQuery {
  readonly dataset: string
  /** Identity of the prepared form. A different form makes a different list. */
  readonly sha256: string
  readonly choice: DataChoice
  readonly split: Split
  /** Position of the label in the choice; null means all labels. */
  readonly label: number | null
}

const pageSize = 200

/** A long list of images. Only the pages in view are requested. */
export class ImageList {
  readonly #query: ListedQuery
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #pages = new SvelteMap<number, readonly ListedImage[]>()
  /** The subject of a request is a page. */
  readonly #requests = new Requests<'images', number>()
  /** Null until the first page has arrived. */
  total = $state.raw<number | null>(null)

  constructor(query: ListedQuery, to: Pick<LabConnection, 'ask'> = lab) {
    this.#query = query
    this.#lab = to
  }

  /** Why a page could not be read. It is requested again when it next comes into view. */
  get problem(): Problem | null {
    return this.#requests.problem
  }

  /** The image at a position in the list; null until it is known. */
  at(place: number): ListedImage | null {
    return this.#pages.get(Math.floor(place / pageSize))?.at(place % pageSize) ?? null
  }

  /** Requests the unknown images in this range; its end is exclusive. */
  want(first: number, end: number): void {
    untrack(() => {
      for (let page = Math.floor(first / pageSize); page * pageSize < Math.max(end, first + 1); page += 1) {
        if (!this.#pages.has(page)) void this.#ask(page)
      }
    })
  }

  /** Requests again what could not be read. */
  retry(): void {
    untrack(() => {
      for (const page of this.#requests.refusedSubjects('images')) void this.#ask(page)
    })
  }

  async #ask(page: number): Promise<void> {
    const { dataset, choice, split, label } = this.#query
    const answer = await this.#requests.send('images', page, () =>
      this.#lab.ask((client) =>
        client.datasets.images({ dataset, choice, split, label, from: page * pageSize, count: pageSize }),
      ),
    )
    if (answer?.ok !== true) return
    this.total = answer.value.total
    this.#pages.set(page, answer.value.images)
  }
}
