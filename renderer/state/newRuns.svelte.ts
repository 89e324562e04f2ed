import { SvelteMap } from 'svelte/reactivity'
import type { RequestChanges } from '../../core/run/changedRequest.ts'
import type { CheckpointChoice, RunSummary } from '../../core/run/run.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** New runs that have the settings of a run but for some changes, or branch from it. */
export class NewRuns {
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #requests = new Requests<'add', number>()
  readonly #added = new SvelteMap<number, RunSummary>()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  isAdding(run: number): boolean {
    return this.#requests.isPending('add', run)
  }

  /** Why the last new run from this one was refused. */
  problemOf(run: number): Problem | null {
    return this.#requests.problemOf(run)
  }

  /** The new run that was last added from this one. */
  addedFrom(run: number): RunSummary | null {
    return this.#added.get(run) ?? null
  }

  /**
   * Adds a new run to the queue; it begins at once if nothing trains.
   * @param at The checkpoint of the run from which it branches; null: it begins as the run did.
   */
  async add(run: number, at: CheckpointChoice | null, changes: RequestChanges): Promise<void> {
    this.#added.delete(run)
    const answer = await this.#requests.send('add', run, () =>
      this.#lab.ask(async (client) => client.queue.add(await client.runs.changed({ run, at, changes }))),
    )
    if (answer?.ok === true) this.#added.set(run, answer.value)
  }
}

/** Those that a hint proposed, and those that a person branched by hand: each is told of where it was begun. */
export const remedyRuns = new NewRuns()
export const branchRuns = new NewRuns()
