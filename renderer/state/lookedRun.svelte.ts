import { untrack } from 'svelte'
import type { RunDetail, RunSummary } from '../../core/run/run.ts'
import { Asked } from './asked.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { checkpointAt, type Looked } from './look.svelte.ts'

/** What is followed of a run. */
type Followed = Pick<RunSummary, 'id' | 'checkpointStep'>

/**
 * A run that is looked into. A run that trains is told anew many times a second. It is read again when it has a new
 * checkpoint and at nothing else, and `looked` stays the same object until another checkpoint is in view, so that
 * nothing is asked of the network twice.
 */
export class LookedRun {
  readonly #asked: Asked<RunDetail>
  readonly #run: () => Followed | null
  readonly #step: () => number | null
  readonly #id = $derived.by(() => this.#run()?.id ?? null)
  readonly #newest = $derived.by(() => this.#run()?.checkpointStep ?? null)
  readonly detail = $derived.by(() => (this.#asked.value?.id === this.#id ? this.#asked.value : null))
  /** Names the checkpoint in view. */
  readonly #key = $derived.by(() => {
    const found = this.#find()
    return found === null ? null : `${found.run.id} ${found.checkpoint.step} ${found.checkpoint.sha256}`
  })
  /** The checkpoint in view; null until it is known. */
  readonly looked = $derived.by(() => (this.#key === null ? null : untrack(() => this.#find())))

  /**
   * Follows the run. Call it during component initialization.
   * @param step The checkpoint to look into, or the nearest to it; null follows the newest.
   */
  constructor(run: () => Followed | null, step: () => number | null, to: Pick<LabConnection, 'ask'> = lab) {
    this.#asked = new Asked(to)
    this.#run = run
    this.#step = step
    $effect(() => {
      void this.#newest
      const id = this.#id
      if (id !== null) this.#asked.ask((client) => client.runs.detail({ run: id }), id)
    })
  }

  /** Why it could not be read. */
  get problem(): Asked<RunDetail>['problem'] {
    return this.#asked.problem
  }

  #find(): Looked | null {
    const { detail } = this
    const checkpoint = detail === null ? null : checkpointAt(detail, this.#step())
    return detail === null || checkpoint === null ? null : { run: detail, checkpoint }
  }
}
