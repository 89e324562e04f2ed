import { readdirSync, rmSync } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { type DatasetForm, formKey } from '../../core/dataChoice.ts'
import { imageAddress, type DatasetCard, type DatasetContents, type DatasetEntry, type DatasetProgress, type DatasetSample, type PreparedFormEntry, type Split } from '../../core/dataset.ts'
import { usualChoice, usualForm, viewOf } from '../../core/datasetView.ts'
import { LabError, problem, problemOf, refuse } from '../../core/problems.ts'
import type { Problem } from '../../core/problems.ts'
import { temporaryPrefix, writeProblem } from '../files/atomicFile.ts'
import { imageBytes, type PreparedCard } from '../files/preparedCard.ts'
import { checkPreparedSizes, verifyPreparedForm } from '../files/preparedForm.ts'
import { catalogue } from './catalogue.ts'
import type { DatasetDefinition } from './definition.ts'
import { formFolder, formFolders, moveFirstLayout, setFolder } from './layout.ts'
import { obtain } from './obtain.ts'
import type { Patience } from './obtain.ts'
import { chooseSamples } from './samples.ts'

/** Shortest time between two reports of progress, in milliseconds. */
const reportEvery = 200

const usualPatience: Patience = { answerMs: 4_000, silenceMs: 30_000 }

/** What the library knows of one set. */
interface Slot {
  readonly definition: DatasetDefinition
  /** What is prepared, by the forms' keys. */
  readonly forms: Map<string, PreparedCard>
  progress: DatasetProgress | null
  problem: Problem | null
  job: { readonly controller: AbortController; readonly settled: Promise<void> } | null
}

export interface LibraryOptions {
  /** Folder of all prepared sets; made when the first one comes. */
  readonly folder: string
  /** Told every change of an entry; progress at most five times a second. */
  readonly onChange: (entry: DatasetEntry) => void
  /** The sets that can be had; the lab's catalogue when left out. */
  readonly definitions?: readonly DatasetDefinition[]
  readonly patience?: Patience
}

/** The data sets of a home folder: what is there, what is being fetched, and the images in them. The folder has one library at a time. */
export class DatasetLibrary {
  readonly #folder: string
  readonly #onChange: (entry: DatasetEntry) => void
  readonly #patience: Patience
  readonly #slots: ReadonlyMap<string, Slot>

  /** Looks what is there (some calls to the system a form) and removes what a crash left half-written. */
  constructor({ folder, onChange, definitions = catalogue, patience = usualPatience }: LibraryOptions) {
    this.#folder = folder
    this.#onChange = onChange
    this.#patience = patience
    const names = removeLeftovers(folder)
    this.#slots = new Map(
      definitions.map((definition) => {
        const slot: Slot = { definition, forms: new Map(), progress: null, problem: null, job: null }
        if (names.includes(definition.card.id)) {
          moveFirstLayout(folder, definition.card.id)
          for (const key of formFolders(folder, definition.card.id)) this.#look(slot, key)
        }
        return [definition.card.id, slot]
      }),
    )
  }

  /** All sets that can be had, in the catalogue's order. */
  list(): DatasetEntry[] {
    return [...this.#slots.values()].map(entryOf)
  }

  /** @throws LabError `dataset-unknown`. */
  entry(id: string): DatasetEntry {
    return entryOf(this.#slot(id))
  }

  /**
   * The folder of a prepared form (the usual one where none is named), after the cheap check of its files.
   * @throws LabError `dataset-unknown`, `dataset-missing` or `dataset-damaged`.
   */
  folderOf(id: string, form?: DatasetForm): string {
    return this.#folderOf(id, this.#ready(id, form).form)
  }

  /**
   * Begins to get a set in the background; one that is ready or on its way stays as it is.
   * @throws LabError `dataset-unknown`.
   */
  get(id: string): DatasetEntry {
    const slot = this.#slot(id)
    if (!isReady(slot) && slot.job === null) {
      slot.problem = null
      slot.progress = { stage: 'connecting', doneBytes: 0, totalBytes: null, bytesPerSecond: null, secondsLeft: null }
      const controller = new AbortController()
      slot.job = { controller, settled: this.#obtain(slot, controller.signal) }
      this.#onChange(entryOf(slot))
    }
    return entryOf(slot)
  }

  /** Resolves when the set is not being fetched (any more); its `problem` says why it failed, if it did. */
  async whenSettled(id: string): Promise<DatasetEntry> {
    const slot = this.#slot(id)
    await slot.job?.settled
    return entryOf(slot)
  }

  /** Ends a download. The entry is `absent`, with nothing half-written left, as soon as `whenSettled` resolves. */
  cancel(id: string): DatasetEntry {
    const slot = this.#slot(id)
    slot.job?.controller.abort(new LabError(problem('download-cancelled', { dataset: slot.definition.card.name })))
    return entryOf(slot)
  }

  /**
   * Makes sure that a prepared form (the usual one where none is named) has not been altered since it was prepared; call it before anything is begun with it. Reads its bytes
   * only where the files look as if they had been. One that has been is given up, so that it can be fetched again.
   * @throws LabError `dataset-unknown`, `dataset-missing` or `dataset-damaged`.
   */
  async verify(id: string, form?: DatasetForm): Promise<void> {
    const prepared = this.#ready(id, form)
    try {
      await verifyPreparedForm(this.#folderOf(id, prepared.form))
    } catch (thrown) {
      if (thrown instanceof LabError) await this.reportDamage(id, prepared.form)
      throw thrown
    }
  }

  /**
   * Gives a form up (the usual one where none is named) whose arrays someone found altered (the engine reads their hashes, the library only their sizes), so
   * that it can be fetched again. Lasts beyond this process.
   */
  async reportDamage(id: string, form?: DatasetForm): Promise<DatasetEntry> {
    const slot = this.#slot(id)
    const stored = storedForm(slot, form)
    if (stored !== null) {
      await rm(path.join(this.#folderOf(id, stored.form), 'card.json'), { force: true })
      this.#look(slot, formKey(stored.form))
      this.#onChange(entryOf(slot))
    }
    return entryOf(slot)
  }

  /**
   * Images spread over the classes: no class twice before each had its turn. The same seed chooses the same images.
   * @throws LabError `dataset-unknown`, `dataset-missing` or `dataset-damaged`.
   */
  async samples(id: string, split: Split, count: number, seed: number): Promise<DatasetSample[]> {
    const stored = this.#ready(id)
    const { card, form } = stored
    const bytes = await readFile(path.join(this.#folderOf(id, form), `${split}.labels`))
    const labels = Uint16Array.from({ length: card.sizes[split] }, (_, index) => bytes.readUInt16LE(2 * index))
    const before = split === 'train' ? 0 : card.sizes.train
    return chooseSamples(labels, card.classes.length, count, seed).map((index) => ({ split, index, label: labels[index], url: imageAddress(id, formEntry(stored), before + index) }))
  }

  /** What is prepared of a set under a form's key; null where nothing is. */
  storedForm(id: string, key: string): PreparedCard | null {
    return this.#slots.get(id)?.forms.get(key) ?? null
  }

  /**
   * One image of a prepared form, read alone: uint8 `[height, width, channels]`.
   * @param index into the form's images: the training images first, then the test images.
   * @returns null when the form has no image of this index.
   * @throws LabError `dataset-unknown`, `dataset-missing` or `dataset-damaged`.
   */
  async pixels(id: string, form: DatasetForm, index: number): Promise<{ image: DatasetCard['image']; bytes: Uint8Array } | null> {
    const { card } = this.#ready(id, form)
    const { train, test } = card.sizes
    if (index >= train + test) return null
    const [split, place] = index < train ? ['train', index] : ['test', index - train]
    const bytes = new Uint8Array(imageBytes(card))
    const handle = await open(path.join(this.#folderOf(id, form), `${split}.images`), 'r')
    try {
      await handle.read(bytes, 0, bytes.byteLength, Number(place) * bytes.byteLength)
    } finally {
      await handle.close()
    }
    return { image: card.image, bytes }
  }

  /** Cancels what is on its way and waits until nothing half-written is left. */
  async close(): Promise<void> {
    for (const id of this.#slots.keys()) this.cancel(id)
    await Promise.all([...this.#slots.values()].map((slot) => slot.job?.settled))
  }

  #folderOf(id: string, form: DatasetForm): string {
    return formFolder(this.#folder, id, form)
  }

  #slot(id: string): Slot {
    return this.#slots.get(id) ?? refuse('dataset-unknown', { dataset: id, known: [...this.#slots.keys()].join(', ') })
  }

  /** What is prepared of a form (the usual one where none is named), looked at anew: its files may have been changed while the lab is open. */
  #ready(id: string, form?: DatasetForm): PreparedCard {
    const slot = this.#slot(id)
    const key = formKey(form ?? usualForm(slot.definition.card))
    if (slot.forms.has(key)) {
      this.#look(slot, key)
      if (!slot.forms.has(key)) this.#onChange(entryOf(slot))
    }
    const stored = slot.forms.get(key)
    if (stored !== undefined) return stored
    if (slot.problem?.code === 'dataset-damaged') throw new LabError(slot.problem)
    refuse('dataset-missing', { dataset: slot.definition.card.name, id })
  }

  #look(slot: Slot, key: string): void {
    const { id, name } = slot.definition.card
    try {
      slot.forms.set(key, checkPreparedSizes(path.join(setFolder(this.#folder, id), 'forms', key)))
    } catch (thrown) {
      slot.forms.delete(key)
      const of = problemOf(thrown)
      slot.problem = { ...of, parameters: { ...of.parameters, dataset: name, id } }
    }
  }

  async #obtain(slot: Slot, signal: AbortSignal): Promise<void> {
    let reported = -Infinity
    const onProgress = (progress: DatasetProgress): void => {
      const turn = progress.stage !== slot.progress?.stage
      slot.progress = progress
      if (!turn && performance.now() - reported < reportEvery) return
      reported = performance.now()
      this.#onChange(entryOf(slot))
    }
    try {
      const stored = await obtain(slot.definition, setFolder(this.#folder, slot.definition.card.id), { signal, patience: this.#patience, onProgress })
      slot.forms.clear()
      slot.forms.set(formKey(stored.form), stored)
    } catch (thrown) {
      slot.problem = problemOf(thrown)
    }
    slot.job = null
    slot.progress = null
    this.#onChange(entryOf(slot))
  }
}

/** The form that is named, or the usual one, if it is prepared. */
function storedForm({ definition, forms }: Slot, form?: DatasetForm): PreparedCard | null {
  return forms.get(formKey(form ?? usualForm(definition.card))) ?? null
}

function isReady(slot: Slot): boolean {
  return storedForm(slot) !== null
}

function formEntry({ form, prepared, card, parts }: PreparedCard): PreparedFormEntry {
  return { form, prepared, image: card.image, parts, twins: null }
}

function entryOf(slot: Slot): DatasetEntry {
  const { definition, progress, problem: why, job } = slot
  const usual = storedForm(slot)
  const others = [...slot.forms.values()].filter((one) => one !== usual)
  const forms = [...(usual === null ? [] : [usual]), ...others].map(formEntry)
  const contents: DatasetContents | null =
    forms.length === 0 ? null : { parts: forms[0].parts, published: true, edition: null, broken: { count: 0, first: [] }, missing: [], bytes: forms.reduce((sum, one) => sum + one.prepared.bytes, 0) }
  const card = usual?.card ?? definition.card
  const viewed = { ...card, forms, contents }
  return {
    ...viewed,
    // A form's card has the sizes of its files; a run takes what the usual choice leaves of them.
    sizes: usual === null ? card.sizes : viewOf(viewed, usualChoice(viewed)).sizes,
    state: usual !== null ? 'ready' : job !== null ? 'getting' : 'absent',
    prepared: usual?.prepared ?? null,
    progress,
    problem: why,
  }
}

/** Removes the temporary folders of a library that ended amid its work. Returns the names that stay. */
function removeLeftovers(folder: string): string[] {
  try {
    const names = readdirSync(folder)
    for (const name of names) if (name.startsWith(temporaryPrefix)) rmSync(path.join(folder, name), { recursive: true, force: true })
    return names
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return []
    throw writeProblem(thrown, folder)
  }
}
