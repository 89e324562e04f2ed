import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { WindowClient } from './link.ts'
import { Requests } from './requests.svelte.ts'

/** A part of a list. */
export interface ListPage<Item> {
  /** Length of the whole list. */
  readonly total: number
  readonly images: readonly Item[]
}

/** Asks for `count` items of a list, from a place on. */
export type AskPage<Item> = (client: WindowClient, from: number, count: number) => Promise<ListPage<Item>>

const pageSize = 200

/** A long list of images. Only the pages in view are requested. */
export class PagedList<Item> {
  readonly #ask: AskPage<Item>
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #pages = new SvelteMap<number, readonly Item[]>()
  /** The subject of a request is a page. */
  readonly #requests = new Requests<'images', number>()
  /** Null until the first page has arrived. */
  total = $state.raw<number | null>(null)

  constructor(ask: AskPage<Item>, to: Pick<LabConnection, 'ask'> = lab) {
    this.#ask = ask
    this.#lab = to
  }

  /** Why a page could not be read. It is requested again when it next comes into view. */
  get problem(): Problem | null {
    return this.#requests.problem
  }

  /** The item at a position in the list; null until it is known. */
  at(place: number): Item | null {
    return this.#pages.get(Math.floor(place / pageSize))?.at(place % pageSize) ?? null
  }

  /** Requests the unknown items in this range; its end is exclusive. */
  want(first: number, end: number): void {
    untrack(() => {
      for (let page = Math.floor(first / pageSize); page * pageSize < Math.max(end, first + 1); page += 1) {
        if (!this.#pages.has(page)) void this.#request(page)
      }
    })
  }

  /** Requests again what could not be read. */
  retry(): void {
    untrack(() => {
      for (const page of this.#requests.refusedSubjects('images')) void this.#request(page)
    })
  }

  async #request(page: number): Promise<void> {
    const answer = await this.#requests.send('images', page, () =>
      this.#lab.ask((client) => this.#ask(client, page * pageSize, pageSize)),
    )
    if (answer?.ok !== true) return
    this.total = answer.value.total
    this.#pages.set(page, answer.value.images)
  }
}
