import type { NamedView, RunsView } from '../../core/query/runsView.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer } from './link.ts'

/** Tables of runs that were saved under a name. */
export class SavedViews {
  /** Null before they have been read. */
  all = $state.raw<readonly NamedView[] | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>

  constructor(of: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = of
  }

  async read(): Promise<void> {
    this.#take(await this.#lab.ask((client) => client.views.list()))
  }

  /** Saves a view, in place of the one that has its name. Whether it worked. */
  async save(name: string, view: RunsView): Promise<boolean> {
    return this.#take(await this.#lab.ask((client) => client.views.save({ name, view })))
  }

  async remove(name: string): Promise<void> {
    this.#take(await this.#lab.ask((client) => client.views.remove({ name })))
  }

  #take(answer: Answer<readonly NamedView[]>): boolean {
    this.problem = answer.ok ? null : answer.problem
    if (answer.ok) this.all = answer.value
    return answer.ok
  }
}

export const savedViews = new SavedViews()
