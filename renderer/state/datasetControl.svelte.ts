import type { DatasetForm } from '../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer, WindowClient } from './link.ts'
import { Requests } from './requests.svelte.ts'

/** The requests for a set. */
export type DatasetAction = 'get' | 'cancel' | 'import' | 'prepare' | 'pack' | 'remove'

/** Requests for data sets: those under way and those refused. Their progress arrives as events. */
export class DatasetControl {
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #requests = new Requests<DatasetAction, string>()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Whether this request for a set is still under way. */
  isAsked(id: string, action: DatasetAction): boolean {
    return this.#requests.isPending(action, id)
  }

  /** Why one of these requests for a set was refused. */
  problemOf(id: string, ...actions: readonly DatasetAction[]): Problem | null {
    return this.#requests.problemOf(id, ...actions)
  }

  get(dataset: string, edition?: string): Promise<DatasetEntry | null> {
    return this.#ask(dataset, 'get', (client) =>
      client.datasets.get(edition === undefined ? { dataset } : { dataset, edition }),
    )
  }

  cancel(dataset: string): Promise<DatasetEntry | null> {
    return this.#ask(dataset, 'cancel', (client) => client.datasets.cancel({ dataset }))
  }

  /** Imports a set from a path on this computer. Returns its entry; own images become a new set. */
  import(dataset: string, path: string, name?: string): Promise<DatasetEntry | null> {
    return this.#ask(dataset, 'import', (client) =>
      client.datasets.import(name === undefined ? { dataset, path } : { dataset, path, name }),
    )
  }

  prepare(dataset: string, form: DatasetForm): Promise<DatasetEntry | null> {
    return this.#ask(dataset, 'prepare', (client) => client.datasets.prepare({ dataset, form }))
  }

  pack(dataset: string, file: string): Promise<{ readonly file: string; readonly bytes: number } | null> {
    return this.#ask(dataset, 'pack', (client) => client.datasets.pack({ dataset, file }))
  }

  remove(dataset: string): Promise<DatasetEntry | null> {
    return this.#ask(dataset, 'remove', (client) => client.datasets.remove({ dataset }))
  }

  /** The answer; null if it was refused or the same request is already under way. */
  async #ask<Value>(
    dataset: string,
    action: DatasetAction,
    call: (client: WindowClient) => Promise<Value>,
  ): Promise<Value | null> {
    const answer: Answer<Value> | null = await this.#requests.send(action, dataset, () => this.#lab.ask(call))
    return answer?.ok === true ? answer.value : null
  }
}

export const datasetControl = new DatasetControl()
