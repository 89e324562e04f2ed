import { SvelteMap } from 'svelte/reactivity'
import type { DataChoice } from '../../core/dataChoice.ts'
import { lab } from './lab.svelte.ts'

/** Whose example is wanted: a label (its index) of a set, in a prepared form. */
export interface ExampleQuery {
  readonly dataset: string
  readonly sha256: string
  readonly choice: Pick<DataChoice, 'form' | 'labels' | 'split'>
  readonly label: number
}

function keyOf({ sha256, choice, label }: ExampleQuery): string {
  return JSON.stringify([sha256, choice.labels, choice.split, label])
}

/** The first training image of a label, for as many labels as are looked at. */
class Examples {
  readonly #found = new SvelteMap<string, number | null>()
  readonly #asked = new Set<string>()

  /** Index of the image in its form; null while it is not known, or where the label has none. */
  of(query: ExampleQuery): number | null {
    return this.#found.get(keyOf(query)) ?? null
  }

  want(query: ExampleQuery): void {
    const key = keyOf(query)
    if (!this.#asked.has(key)) void this.#ask(query, key)
  }

  async #ask({ dataset, choice, label }: ExampleQuery, key: string): Promise<void> {
    this.#asked.add(key)
    // A choice has two labels at least, so its neighbour comes along.
    const [classes, place] = label === 0 ? [[0, 1], 0] : [[label - 1, label], 1]
    const answer = await lab.ask((client) =>
      client.datasets.images({
        dataset,
        choice: { ...choice, classes, perClass: null },
        split: 'train',
        label: place,
        from: 0,
        count: 1,
      }),
    )
    if (answer.ok) this.#found.set(key, answer.value.images.at(0)?.index ?? null)
    // It is asked for again when it next comes into view.
    else this.#asked.delete(key)
  }
}

export const examples = new Examples()
