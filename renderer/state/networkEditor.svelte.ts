import type { ActivationFunction } from '../../core/layers/parts/activationFunction.ts'
import { imageName } from '../../core/layers/parts/fields.ts'
import type { Layer } from '../../core/layers/registry.ts'
import { checkNetwork, type CheckedAgainst, type NetworkCheck } from '../../core/network/checkNetwork.ts'
import { type BlockKind, newLayers } from '../../core/network/edit/blocks.ts'
import { changeFunction } from '../../core/network/edit/changeFunction.ts'
import { changeInputs, changeLayer } from '../../core/network/edit/changeLayer.ts'
import { duplicateLayer } from '../../core/network/edit/duplicateLayer.ts'
import { beginHistory, closed, edited, type EditHistory, redone, undone } from '../../core/network/edit/editHistory.ts'
import { insertLayers } from '../../core/network/edit/insertLayers.ts'
import { moveLayer } from '../../core/network/edit/moveLayer.ts'
import {
  draftText,
  type EditedNetwork,
  type EditedOrigin,
  type NetworkBeginning,
  readDraft,
} from '../../core/network/edit/networkDraft.ts'
import { removeLayer } from '../../core/network/edit/removeLayer.ts'
import { renameLayer } from '../../core/network/edit/renameLayer.ts'
import { wired } from '../../core/network/edit/wiring.ts'
import type { Head } from '../../core/network/model.ts'
import { type Network, networkOf } from '../../core/network/network.ts'
import { readNetworkText } from '../../core/network/networkFile.ts'
import { type Repair, repaired } from '../../core/network/repairs.ts'
import type { NetworkEntry } from '../../core/network/savedNetwork.ts'
import type { Shape } from '../../core/network/shapes.ts'
import type { ChosenNetwork } from '../../core/run/choices.ts'
import { croppedInput, presetModel, presets } from '../../core/run/presets.ts'
import type { PresetId, RunId, RunSummary } from '../../core/run/run.ts'
import { LabError, type Problem, problemOf } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { type NextRun, nextRun } from './nextRun.svelte.ts'

/** What is selected besides the layers: the image, and the head. */
export const headName = 'output'

/** What a network is checked against while no data set can be read: the lab's own image. */
const usualPlace: CheckedAgainst = { input: { height: 24, width: 24, channels: 3 }, classes: 10 }

const emptyNetwork: Network = { layers: [], head: { kind: 'softmax', labelSmoothing: 0 } }

const emptyPage: EditedNetwork = {
  network: emptyNetwork,
  origin: { beginning: { kind: 'empty' }, base: emptyNetwork },
}

/** The network that is edited. It is kept in the lab, so that a closed window loses nothing. */
export class NetworkEditor {
  readonly #lab: Pick<LabConnection, 'ask' | 'listen' | 'view'>
  readonly #next: Pick<NextRun, 'preset' | 'view'>
  /** Null until what was kept has been read. */
  #history = $state.raw<EditHistory<EditedNetwork> | null>(null)
  #chosen = $state<string>(imageName)
  /** Why the last thing that was asked for could not be done. */
  problem = $state.raw<Problem | null>(null)
  /** A text that is to be written, and whether one is on its way. */
  #unwritten: string | null = null
  #writing = false

  constructor(
    of: Pick<LabConnection, 'ask' | 'listen' | 'view'> = lab,
    next: Pick<NextRun, 'preset' | 'view'> = nextRun,
  ) {
    this.#lab = of
    this.#next = next
    of.listen((news) => {
      if (news.kind === 'reread') void this.open()
    })
  }

  /** Whether what was kept has been read. */
  ready = $derived(this.#history !== null)
  #now = $derived<EditedNetwork>(this.#history?.now ?? emptyPage)
  network = $derived<Network>(this.#now.network)
  beginning = $derived<NetworkBeginning>(this.#now.origin.beginning)
  /** The network as it was when it was begun, or last saved. */
  base = $derived<Network>(this.#now.origin.base)
  layers = $derived<readonly Layer[]>(this.network.layers)
  canUndo = $derived((this.#history?.past.length ?? 0) > 0)
  canRedo = $derived((this.#history?.future.length ?? 0) > 0)
  /** Whether it differs from what it was begun with, or saved as. */
  isEdited = $derived(JSON.stringify(this.network) !== JSON.stringify(this.base))

  /** The image and the classes of the data set of the next run. */
  place = $derived.by<CheckedAgainst>(() => {
    const { view, preset } = this.#next
    if (view === null) return usualPlace
    return { input: croppedInput(preset, view.image), classes: view.classes.length, image: view.image }
  })

  /** The network in numbers, and what is wrong with it. */
  check = $derived<NetworkCheck>(checkNetwork(this.network, this.place))

  /** The selected layer, the image or the head; the image where what was selected is gone. */
  selected = $derived(
    this.#chosen === headName || this.layers.some(({ name }) => name === this.#chosen) ? this.#chosen : imageName,
  )
  selectedLayer = $derived<Layer | null>(this.layers.find(({ name }) => name === this.selected) ?? null)

  select(name: string): void {
    this.#chosen = name
  }

  /** Reads what was kept; without that it begins with the preset of the next run. */
  async open(): Promise<void> {
    if (this.ready) return
    const answer = await this.#lab.ask((client) => client.networks.draft.read())
    if (this.ready) return
    if (!answer.ok) {
      this.problem = answer.problem
      return
    }
    try {
      if (answer.value.text === null) this.beginWithPreset(this.#next.preset)
      else {
        const { history, selected } = readDraft(answer.value.text)
        this.#history = history
        this.#chosen = selected
      }
    } catch (thrown) {
      // What cannot be read is not written over before something is edited.
      this.#history = beginHistory(emptyPage)
      this.problem = problemOf(thrown)
    }
  }

  /** Edits the network as one step that can be undone; those in a row with the same step are one. */
  #edit(network: Network, step: string | null = null): void {
    if (this.#history === null) return
    this.problem = null
    this.#history = edited(this.#history, { network, origin: this.#now.origin }, step)
    this.#keep()
  }

  #editLayers(layers: readonly Layer[], step: string | null = null): void {
    if (layers !== this.layers) this.#edit({ ...this.network, layers: [...layers] }, step)
  }

  /** Begins anew. The step can be undone, so that nothing is lost. */
  #begin(network: Network, beginning: NetworkBeginning): void {
    this.problem = null
    const begun = { network, origin: { beginning, base: network } }
    this.#history = this.#history === null ? beginHistory(begun) : edited(this.#history, begun)
    this.#chosen = network.layers.at(0)?.name ?? imageName
    this.#keep()
  }

  beginEmpty(): void {
    this.#begin(emptyNetwork, { kind: 'empty' })
  }

  beginWithPreset(preset: PresetId): void {
    try {
      this.#begin(this.#presetNetwork(preset), { kind: 'preset', preset })
    } catch (thrown) {
      this.#history ??= beginHistory(emptyPage)
      this.problem = problemOf(thrown)
    }
  }

  /** A preset that nobody has edited becomes that of the data that is chosen now; this is no step. */
  followData(): void {
    const { beginning } = this.#now.origin
    if (this.#history === null || this.isEdited || beginning.kind !== 'preset') return
    try {
      const network = this.#presetNetwork(beginning.preset)
      if (JSON.stringify(network) === JSON.stringify(this.network)) return
      this.#history = { ...this.#history, now: { network, origin: { beginning, base: network } } }
      this.#keep()
    } catch (thrown) {
      // Images that are too small for the preset: the check of the network says so.
      if (!(thrown instanceof LabError)) throw thrown
    }
  }

  /** @throws LabError `images-too-small` */
  #presetNetwork(preset: PresetId): Network {
    const { view } = this.#next
    const { input, classes } = this.place
    return networkOf(view === null ? presets[preset].network(input, classes) : presetModel(preset, view))
  }

  async beginWithSaved({ name }: Pick<NetworkEntry, 'name'>, version?: number): Promise<void> {
    const answer = await this.#lab.ask((client) =>
      client.networks.get(version === undefined ? { name } : { name, version }),
    )
    if (answer.ok)
      this.#begin(answer.value.network, { kind: 'saved', name: answer.value.name, version: answer.value.version })
    else this.problem = answer.problem
  }

  /** The network of a run, for any data set. */
  beginWithRun({ id, config }: Pick<RunSummary, 'config'> & { readonly id: RunId }): void {
    this.#begin(networkOf(config.model), { kind: 'run', run: id })
  }

  /** The network of the next run, unless it is what is edited already. */
  async beginWithChosen({ origin: { name, version }, network }: ChosenNetwork): Promise<void> {
    await this.open()
    if (!this.ready || JSON.stringify(network) === JSON.stringify(this.network)) return
    this.#begin(network, version === null ? { kind: 'file', name } : { kind: 'saved', name, version })
  }

  /** A network from a file that was chosen or dropped. */
  async beginWithFile(file: File | null): Promise<void> {
    if (file !== null) this.beginWithText(await file.text(), file.name.replace(/\.json$/i, ''))
  }

  /** A network from the text of a file. */
  beginWithText(text: string, file: string): void {
    try {
      const { name, network } = readNetworkText(text)
      this.#begin(network, { kind: 'file', name: name ?? file })
    } catch (thrown) {
      this.problem = problemOf(thrown)
    }
  }

  /** It was saved: edits are told from this from now on, also those that are undone. */
  saved(name: string, version: number, network: Network): void {
    this.#comeFrom({ beginning: { kind: 'saved', name, version }, base: network })
  }

  /** The saved network that it was begun with has another name now. */
  renamed(name: string): void {
    const { beginning, base } = this.#now.origin
    if (beginning.kind === 'saved') this.#comeFrom({ beginning: { ...beginning, name }, base })
  }

  /** Another origin for this state and all that have the same. */
  #comeFrom(origin: EditedOrigin): void {
    if (this.#history === null) return
    const { origin: before } = this.#now
    const moved = (state: EditedNetwork): EditedNetwork => (state.origin === before ? { ...state, origin } : state)
    const { past, now, future } = this.#history
    this.#history = { past: past.map(moved), now: moved(now), future: future.map(moved), step: null }
    this.#keep()
  }

  undo(): void {
    this.#travel(undone)
  }

  redo(): void {
    this.#travel(redone)
  }

  #travel(by: (history: EditHistory<EditedNetwork>) => EditHistory<EditedNetwork>): void {
    if (this.#history === null) return
    this.problem = null
    this.#history = by(this.#history)
    this.#keep()
  }

  /** Ends the step of what is typed, as leaving a field does. */
  endStep(): void {
    if (this.#history !== null) this.#history = closed(this.#history)
  }

  /** What a layer gives, as far as it can be told; the image for its name. */
  #shapeOf(name: string): Shape | null {
    if (name === imageName) {
      const { height, width, channels } = this.network.input ?? this.place.input
      return [height, width, channels]
    }
    return this.check.layers.find(({ layer }) => layer.name === name)?.row?.shape ?? null
  }

  /** An earlier layer that a sum or a concatenation after `after` can take besides. */
  #partnerOf(after: string, shape: Shape | null, kind: BlockKind | Layer['kind']): string {
    const like = (other: Shape | null): boolean => {
      if (shape === null || other === null) return false
      return kind === 'concat'
        ? other.length === shape.length && other.slice(0, -1).join() === shape.slice(0, -1).join()
        : other.join() === shape.join()
    }
    const end = this.layers.findIndex(({ name }) => name === after)
    const earlier = this.layers.slice(0, Math.max(0, end)).map(({ name }) => name)
    const direct = wired(this.layers).at(Math.max(0, end))?.inputs ?? []
    return (
      earlier.findLast((name) => !direct.includes(name) && like(this.#shapeOf(name))) ??
      earlier.findLast((name) => like(this.#shapeOf(name))) ??
      imageName
    )
  }

  /** Puts a layer or a block behind the selected layer, at the end where that is the head. */
  insert(kind: BlockKind | Layer['kind']): void {
    const last = this.layers.at(-1)?.name ?? imageName
    const after = this.selected === headName ? last : this.selected
    const shape = this.#shapeOf(after)
    const place = { after, shape, partner: this.#partnerOf(after, shape, kind), classes: this.logits }
    const taken = this.layers.map(({ name }) => name)
    const block = newLayers(kind, place, taken)
    this.#editLayers(insertLayers(this.layers, after, block))
    this.#chosen = block[block.length - 1].name
  }

  /** How many numbers the last layer is to give. */
  get logits(): number {
    return this.network.head.kind === 'tanh' ? 1 : this.place.classes
  }

  remove(name: string): void {
    const index = this.layers.findIndex((layer) => layer.name === name)
    const rest = removeLayer(this.layers, name)
    this.#editLayers(rest)
    this.#chosen = rest.at(Math.min(index, rest.length - 1))?.name ?? imageName
  }

  duplicate(name: string): void {
    const { layers, copy } = duplicateLayer(this.layers, name)
    this.#editLayers(layers)
    this.#chosen = copy
  }

  /** Moves a layer to a place in the list. Returns whether it could be moved. */
  move(name: string, place: number): boolean {
    const layers = moveLayer(this.layers, name, place)
    if (layers === this.layers) return false
    this.#editLayers(layers)
    return true
  }

  /** Moves a layer by so many places. Returns whether it could be moved. */
  moveBy(name: string, places: number): boolean {
    const from = this.layers.findIndex((layer) => layer.name === name)
    const to = from + places
    return from >= 0 && to >= 0 && to < this.layers.length && this.move(name, to)
  }

  /** Gives a layer another name. Returns why it cannot have it; null where it has it now. */
  rename(name: string, next: string): Problem | null {
    try {
      this.#editLayers(renameLayer(this.layers, name, next), `${this.#placeOf(name)} name`)
      if (this.#chosen === name) this.#chosen = next
      return null
    } catch (thrown) {
      return problemOf(thrown)
    }
  }

  /** Gives a setting of a layer another value. */
  change(name: string, setting: string, value: unknown): void {
    this.#editLayers(changeLayer(this.layers, name, setting, value), `${this.#placeOf(name)} ${setting}`)
  }

  /** Gives an activation another function, and the name of that where it had the one of the old. */
  changeFunction(name: string, chosen: ActivationFunction): void {
    const { layers, name: next } = changeFunction(this.layers, name, chosen)
    this.#editLayers(layers, `${this.#placeOf(name)} function`)
    if (this.#chosen === name) this.#chosen = next
  }

  #placeOf(name: string): number {
    return this.layers.findIndex((layer) => layer.name === name)
  }

  changeInputs(name: string, inputs: readonly string[]): void {
    this.#editLayers(changeInputs(this.layers, name, inputs))
  }

  changeHead(head: Head, step: string | null = null): void {
    this.#edit({ ...this.network, head }, step)
  }

  /** Binds the network to an image, or sets it free. */
  changeInput(input: Network['input'], step: string | null = null): void {
    const { layers, head } = this.network
    this.#edit(input === undefined ? { layers, head } : { input, layers, head }, step)
  }

  repair(repair: Repair): void {
    this.#edit(repaired(this.network, repair))
  }

  /** Keeps the draft in the lab. One writing is under way at a time; of those that come meanwhile the newest is next. */
  #keep(): void {
    if (this.#history === null) return
    this.#unwritten = draftText({ history: this.#history, selected: this.#chosen })
    if (!this.#writing) void this.#write()
  }

  async #write(): Promise<void> {
    this.#writing = true
    while (this.#unwritten !== null) {
      const text = this.#unwritten
      this.#unwritten = null
      const answer = await this.#lab.ask((client) => client.networks.draft.write({ text }))
      if (!answer.ok) this.problem = answer.problem
    }
    this.#writing = false
  }
}

export const networkEditor = new NetworkEditor()
