import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** The mirror: where data sets are looked for before their publishers are asked. */
export class MirrorPlace {
  /** Null means no mirror; undefined until it has been read. */
  stored = $state.raw<string | null | undefined>(undefined)
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #requests = new Requests<'read' | 'write'>()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  get problem(): Problem | null {
    return this.#requests.problemOf(null)
  }

  /** Whether a change is being saved. */
  get isStoring(): boolean {
    return this.#requests.isPending('write', null)
  }

  async read(): Promise<void> {
    const answer = await this.#requests.send('read', null, () =>
      this.#lab.ask((client) => client.datasets.mirror.read()),
    )
    // A place saved in the meantime is newer than this answer.
    if (answer?.ok === true && this.stored === undefined) this.stored = answer.value.place
  }

  /**
   * Saves a place; an empty text means no mirror. Returns whether it was saved.
   * @param code the code of the class, as it was typed; empty for none
   */
  async write(text: string, code = ''): Promise<boolean> {
    const place = text.trim() === '' ? null : text.trim()
    const answer = await this.#requests.send('write', null, () =>
      this.#lab.ask((client) => client.datasets.mirror.write({ place, code })),
    )
    if (answer?.ok === true) this.stored = answer.value.place
    return answer?.ok === true
  }
}

export const mirrorPlace = new MirrorPlace()
