import type { Problem } from '../../core/words/problems.ts'
import { type Lab, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** Where sets are looked for before their publishers are asked. */
export class MirrorPlace {
  /** Null: nowhere; undefined until it has been read. */
  stored = $state.raw<string | null | undefined>(undefined)
  readonly #lab: Pick<Lab, 'ask'>
  readonly #requests = new Requests<'read' | 'write'>()

  constructor(to: Pick<Lab, 'ask'> = lab) {
    this.#lab = to
  }

  get problem(): Problem | null {
    return this.#requests.problemOf(null)
  }

  /** Whether a place is being stored. */
  get isStoring(): boolean {
    return this.#requests.isPending('write', null)
  }

  async read(): Promise<void> {
    const answer = await this.#requests.send('read', null, () =>
      this.#lab.ask((client) => client.datasets.mirror.read()),
    )
    // A place that was stored while the reading was under way is newer.
    if (answer?.ok === true && this.stored === undefined) this.stored = answer.value.place
  }

  /** Stores a place; an empty text stands for none. Whether it was stored. */
  async write(text: string): Promise<boolean> {
    const place = text.trim() === '' ? null : text.trim()
    const answer = await this.#requests.send('write', null, () =>
      this.#lab.ask((client) => client.datasets.mirror.write({ place })),
    )
    if (answer?.ok === true) this.stored = answer.value.place
    return answer?.ok === true
  }
}

export const mirrorPlace = new MirrorPlace()
