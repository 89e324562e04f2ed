import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { DataChoice } from '../../core/data/dataChoice.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** Which example is wanted: a label (its index) of a set, in a prepared form. */
export interface ExampleQuery {
  readonly dataset: string
  readonly sha256: string
  readonly choice: Pick<DataChoice, 'form' | 'labels' | 'split'>
  readonly label: number
}

function keyOf({ sha256, choice, label }: ExampleQuery): string {
  return JSON.stringify([sha256, choice.labels, choice.split, label])
}

/** The first training image of each label in view. */
export class Examples {
  readonly #found = new SvelteMap<string, number | null>()
  readonly #lab: Pick<LabConnection, 'ask'>
  /** The subject of a request is the key of an example. */
  readonly #requests = new Requests<'images', string>()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Index of the image in its form; null if it is not known yet or the label has no image. */
  of(query: ExampleQuery): number | null {
    return this.#found.get(keyOf(query)) ?? null
  }

  /** Requests an unknown example. A refused one is requested again when it next comes into view. */
  want(query: ExampleQuery): void {
    untrack(() => {
      const key = keyOf(query)
      if (!this.#found.has(key)) void this.#ask(query, key)
    })
  }

  async #ask({ dataset, choice, label }: ExampleQuery, key: string): Promise<void> {
    // A choice needs at least two labels, so a neighbour is added.
    const [classes, place] = label === 0 ? [[0, 1], 0] : [[label - 1, label], 1]
    const answer = await this.#requests.send('images', key, () =>
      this.#lab.ask((client) =>
        client.datasets.images({
          dataset,
          choice: { ...choice, classes, perClass: null },
          split: 'train',
          label: place,
          from: 0,
          count: 1,
        }),
      ),
    )
    if (answer?.ok === true) this.#found.set(key, answer.value.images.at(0)?.index ?? null)
  }
}

export const examples = new Examples()
