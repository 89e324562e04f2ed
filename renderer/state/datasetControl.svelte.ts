import { SvelteMap } from 'svelte/reactivity'
import type { DatasetForm } from '../../core/dataChoice.ts'
import type { DatasetEntry } from '../../core/dataset.ts'
import type { Problem } from '../../core/problems.ts'
import { lab } from './lab.svelte.ts'
import type { Answer, WindowClient } from './link.ts'

/** What can be asked of a set. */
export type DatasetAction = 'get' | 'cancel' | 'import' | 'prepare' | 'pack' | 'remove'

/**
 * Requests about sets that are not answered yet, and why the last one was refused; how far the work is comes as events.
 */
class DatasetControl {
  readonly #asked = new SvelteMap<string, DatasetAction>()
  readonly #refused = new SvelteMap<string, { readonly action: DatasetAction; readonly problem: Problem }>()

  /** The request under way for a set. */
  askedOf(id: string): DatasetAction | null {
    return this.#asked.get(id) ?? null
  }

  /** Why the last request was refused, for the places that show one of these actions. */
  problemOf(id: string, ...actions: readonly DatasetAction[]): Problem | null {
    const refused = this.#refused.get(id)
    return refused !== undefined && actions.includes(refused.action) ? refused.problem : null
  }

  /** Forgets why the last request was refused. */
  dismiss(id: string): void {
    this.#refused.delete(id)
  }

  get(dataset: string, edition?: string): Promise<DatasetEntry | null> {
    return this.ask(dataset, 'get', (client) =>
      client.datasets.get(edition === undefined ? { dataset } : { dataset, edition }),
    )
  }

  cancel(dataset: string): Promise<DatasetEntry | null> {
    return this.ask(dataset, 'cancel', (client) => client.datasets.cancel({ dataset }))
  }

  /** Takes a set from a path of this computer; the answer is its entry, a new set's for a person's own images. */
  import(dataset: string, path: string, name?: string): Promise<DatasetEntry | null> {
    return this.ask(dataset, 'import', (client) =>
      client.datasets.import(name === undefined ? { dataset, path } : { dataset, path, name }),
    )
  }

  prepare(dataset: string, form: DatasetForm): Promise<DatasetEntry | null> {
    return this.ask(dataset, 'prepare', (client) => client.datasets.prepare({ dataset, form }))
  }

  pack(dataset: string, file: string): Promise<{ readonly file: string; readonly bytes: number } | null> {
    return this.ask(dataset, 'pack', (client) => client.datasets.pack({ dataset, file }))
  }

  remove(dataset: string): Promise<DatasetEntry | null> {
    return this.ask(dataset, 'remove', (client) => client.datasets.remove({ dataset }))
  }

  /** Asks something of a set and keeps why it was refused. */
  async ask<Value>(
    dataset: string,
    action: DatasetAction,
    call: (client: WindowClient) => Promise<Value>,
  ): Promise<Value | null> {
    return this.keep(dataset, action, lab.ask(call))
  }

  /** Waits for an answer about a set, by whatever way it was asked. */
  async keep<Value>(dataset: string, action: DatasetAction, answered: Promise<Answer<Value>>): Promise<Value | null> {
    // Cancelling ends another request, which stays the one under way.
    if (action !== 'cancel') this.#asked.set(dataset, action)
    this.#refused.delete(dataset)
    const answer = await answered
    if (action !== 'cancel') this.#asked.delete(dataset)
    if (answer.ok) return answer.value
    this.#refused.set(dataset, { action, problem: answer.problem })
    return null
  }
}

export const datasetControl = new DatasetControl()
