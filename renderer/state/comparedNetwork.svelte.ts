import { type NetworkDifferences, networkDifferences } from '../../core/network/networkDifferences.ts'
import { type Network, networkOf } from '../../core/network/network.ts'
import { presetModel, presets } from '../../core/run/presets.ts'
import type { PresetId, RunSummary } from '../../core/run/run.ts'
import { type Problem, problemOf } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { type NetworkEditor, networkEditor } from './networkEditor.svelte.ts'
import { type NextRun, nextRun } from './nextRun.svelte.ts'

/** What the edited network is compared with. */
export type Comparison =
  | { readonly kind: 'base' }
  | { readonly kind: 'preset'; readonly preset: PresetId }
  | { readonly kind: 'saved'; readonly name: string }
  | { readonly kind: 'run'; readonly run: number }

/** What differs between the edited network and what it was begun with, or another one. */
export class ComparedNetwork {
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #editor: Pick<NetworkEditor, 'base' | 'network' | 'place'>
  readonly #next: Pick<NextRun, 'view'>
  choice = $state.raw<Comparison>({ kind: 'base' })
  /** The other network; null: what the edited one was begun with. */
  #other = $state.raw<Network | null>(null)
  problem = $state.raw<Problem | null>(null)

  constructor(
    to: Pick<LabConnection, 'ask'> = lab,
    editor: Pick<NetworkEditor, 'base' | 'network' | 'place'> = networkEditor,
    next: Pick<NextRun, 'view'> = nextRun,
  ) {
    this.#lab = to
    this.#editor = editor
    this.#next = next
  }

  /** Against what was chosen. */
  differences = $derived.by<NetworkDifferences>(() =>
    networkDifferences(this.#other ?? this.#editor.base, this.#editor.network),
  )

  /** Against what the network was begun with, or was saved as. */
  sinceBase = $derived.by<NetworkDifferences>(() => networkDifferences(this.#editor.base, this.#editor.network))

  #take(choice: Comparison, other: Network | null): void {
    this.choice = choice
    this.#other = other
    this.problem = null
  }

  withBase(): void {
    this.#take({ kind: 'base' }, null)
  }

  withPreset(preset: PresetId): void {
    const { view } = this.#next
    const { input, classes } = this.#editor.place
    try {
      const model = view === null ? presets[preset].network(input, classes) : presetModel(preset, view)
      this.#take({ kind: 'preset', preset }, networkOf(model))
    } catch (thrown) {
      this.problem = problemOf(thrown)
    }
  }

  async withSaved(name: string): Promise<void> {
    const answer = await this.#lab.ask((client) => client.networks.get({ name }))
    if (answer.ok) this.#take({ kind: 'saved', name }, answer.value.network)
    else this.problem = answer.problem
  }

  withRun({ id, config }: Pick<RunSummary, 'id' | 'config'>): void {
    this.#take({ kind: 'run', run: id }, networkOf(config.model))
  }
}

export const comparedNetwork = new ComparedNetwork()
