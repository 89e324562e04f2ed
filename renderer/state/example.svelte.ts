import type { Problem } from '../../core/words/problems.ts'
import { type Appearance, appearance } from './appearance.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer } from './link.ts'
import { Requests } from './requests.svelte.ts'

/** The example that comes with Conv Lab, as this home folder has it. */
export class ExampleControl {
  readonly #lab: Pick<LabConnection, 'ask' | 'listen' | 'view'>
  readonly #appearance: Pick<Appearance, 'language'>
  readonly #requests = new Requests<'takeIn' | 'remove'>()
  /** The highest number of a run that has been heard of. */
  #newest = 0
  /** Its runs; null until they have been read. */
  runs = $state.raw<readonly number[] | null>(null)

  constructor(of: Pick<LabConnection, 'ask' | 'listen' | 'view'> = lab, as: Pick<Appearance, 'language'> = appearance) {
    this.#lab = of
    this.#appearance = as
    of.listen((news) => {
      // A command line may have taken it in, and any of its runs may be deleted or restored.
      if (news.kind === 'reread' || news.kind === 'deleted' || news.kind === 'restored') void this.#read()
      if (news.kind === 'run' && this.runs !== null && this.#isNew(news.run.id)) void this.#read()
    })
  }

  get isThere(): boolean {
    return this.runs !== null && this.runs.length > 0
  }

  get takesIn(): boolean {
    return this.#requests.isPending('takeIn', null)
  }

  get removes(): boolean {
    return this.#requests.isPending('remove', null)
  }

  /** Why it could not be taken in or removed. */
  get problem(): Problem | null {
    return this.#requests.problemOf(null)
  }

  /** @returns its runs; none where it could not be taken in. */
  async takeIn(): Promise<readonly number[]> {
    const { language } = this.#appearance
    return this.#keep(
      await this.#requests.send('takeIn', null, () => this.#lab.ask((client) => client.example.takeIn({ language }))),
    )
  }

  async remove(): Promise<void> {
    this.#keep(await this.#requests.send('remove', null, () => this.#lab.ask((client) => client.example.remove())))
  }

  #keep(answer: Answer<{ runs: number[] }> | null): readonly number[] {
    if (answer?.ok !== true) return []
    this.runs = answer.value.runs
    return answer.value.runs
  }

  /** Only a run that nobody has heard of can be one of an example that was just taken in. */
  #isNew(run: number): boolean {
    const isNew = run > this.#newest
    if (isNew) this.#newest = run
    return isNew
  }

  async #read(): Promise<void> {
    const answer = await this.#lab.ask((client) => client.example.state())
    if (answer.ok) this.runs = answer.value.runs
    this.#newest = Math.max(0, ...(this.#lab.view?.runs ?? []).map(({ id }) => id))
  }
}

export const example = new ExampleControl()
