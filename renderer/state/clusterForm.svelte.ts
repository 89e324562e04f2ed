import { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import type { KeptClusterForm } from '../../core/contract/choicesContract.ts'

/** A field of the form that can be wrong. */
export type ClusterField = keyof ClusterPlace

const empty: KeptClusterForm = { on: 'here', address: '', tokenFile: '', processors: 1, nodesHave: '', dataFolder: '' }

function ifTyped(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

/** What the fields mean, checked or not. */
function meaningOf({ address, tokenFile, processors, nodesHave, dataFolder }: KeptClusterForm): unknown {
  return {
    address: address.trim(),
    tokenFile: ifTyped(tokenFile),
    processors,
    nodesHave: ifTyped(nodesHave),
    dataFolder: ifTyped(dataFolder),
  }
}

/** Where the next sweep trains. It is kept in the home folder. */
export class ClusterForm {
  #fields = $state.raw(empty)

  get fields(): KeptClusterForm {
    return this.#fields
  }

  /** Whether a cluster is chosen, be its fields right or not. */
  isChosen = $derived(this.#fields.on === 'ray')

  /** The fields that are wrong or missing. */
  wrong = $derived.by<readonly ClusterField[]>(() => {
    const read = ClusterPlace.safeParse(meaningOf(this.#fields))
    const fields = Object.keys(ClusterPlace.shape) as ClusterField[]
    return fields.filter((field) => read.error?.issues.some(({ path }) => path[0] === field))
  })

  /** The cluster that the fields mean; null where one is wrong or missing, or none is chosen. */
  place = $derived.by<ClusterPlace | null>(() => {
    const read = ClusterPlace.safeParse(meaningOf(this.#fields))
    return this.isChosen && read.success ? read.data : null
  })

  change(change: Partial<KeptClusterForm>): void {
    this.#fields = { ...this.#fields, ...change }
  }

  /** What is kept of it; null where nothing was changed. */
  kept(): KeptClusterForm | null {
    return this.#fields === empty ? null : this.#fields
  }

  restore(kept: KeptClusterForm): void {
    this.#fields = kept
  }
}

export const clusterForm = new ClusterForm()
