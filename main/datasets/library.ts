import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { formKey, ownForm, type DataChoice, type DatasetForm } from '../../core/dataChoice.ts'
import { imageAddress, type DatasetCard, type DatasetEntry, type DatasetProgress, type DatasetSample, type ImagePage, type Split, type TwinsPage } from '../../core/dataset.ts'
import { LabError, problem, problemOf, refuse } from '../../core/problems.ts'
import { temporaryBeside } from '../files/atomicFile.ts'
import { readAverage } from '../files/formFacts.ts'
import { imageBytes } from '../files/preparedCard.ts'
import { readPreparedNumbers, verifyPreparedForm } from '../files/preparedForm.ts'
import type { JobTools } from './buildSet.ts'
import { catalogue } from './catalogue.ts'
import { ChoiceImages } from './choiceImages.ts'
import type { DatasetDefinition } from './definition.ts'
import { importPack, importSet } from './importSet.ts'
import { JobProgress } from './jobProgress.ts'
import { partialFolder, setFolder, tidy } from './layout.ts'
import { readMirrorPlace, writeMirrorPlace } from './mirror/mirrorPlace.ts'
import { obtain } from './obtain.ts'
import type { ObtainOptions, Patience } from './obtain.ts'
import { freeOwnId, isOwnId, ownDefinition, ownSetsIn, ownTemplate } from './ownSets.ts'
import { formProblem, prepareForm } from './prepareForm.ts'
import { chooseSamples } from './samples.ts'
import { Slot, type StoredForm } from './slot.ts'
import { readPackHead, type Pack } from './tasks/pack.ts'
import { runTask } from './tasks/runTask.ts'
import { refuseToWrite } from './workFolder.ts'

/** Shortest time between two reports of progress, in milliseconds. */
const reportEvery = 200

const usualPatience: Patience = { answerMs: 4_000, silenceMs: 30_000 }

export interface LibraryOptions {
  /** Folder of all sets; made when the first one comes. */
  readonly folder: string
  /** Told every change of an entry; progress at most five times a second. */
  readonly onChange: (entry: DatasetEntry) => void
  /** The run that trains on a set or waits to, if there is one: then the set's files stay as they are. */
  readonly usedBy?: (id: string) => number | null
  /** The sets that can be had; the lab's catalogue when left out. */
  readonly definitions?: readonly DatasetDefinition[]
  readonly patience?: Patience
}

/** The data sets of a home folder: what is there, what is being done with it, and the images in it. The folder has one library at a time. */
export class DatasetLibrary {
  readonly #folder: string
  readonly #onChange: (entry: DatasetEntry) => void
  readonly #usedBy: (id: string) => number | null
  readonly #patience: Patience
  readonly #slots: Map<string, Slot>
  readonly #choices = new ChoiceImages()
  /** What is being computed of forms, by their folders. */
  readonly #facts = new Map<string, Promise<void>>()
  readonly #closing = new AbortController()

  /** Looks what is there (some calls to the system a form) and removes what a crash left half-written. */
  constructor({ folder, onChange, usedBy = () => null, definitions = catalogue, patience = usualPatience }: LibraryOptions) {
    this.#folder = folder
    this.#onChange = onChange
    this.#usedBy = usedBy
    this.#patience = patience
    tidy(folder)
    const template = definitions.find(({ card }) => card.id === ownTemplate)
    const own = template === undefined ? [] : ownSetsIn(folder, template)
    this.#slots = new Map([...definitions, ...own].map((definition) => [definition.card.id, this.#newSlot(definition)]))
  }

  /** All sets that can be had, in the catalogue's order, then the person's own. */
  list(): DatasetEntry[] {
    return [...this.#slots.values()].map((slot) => slot.entry())
  }

  /** @throws LabError `dataset-unknown`. */
  entry(id: string): DatasetEntry {
    return this.#slot(id).entry()
  }

  /**
   * The folder of a prepared form (the usual one where none is named), after the cheap check of its files.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  folderOf(id: string, form?: DatasetForm): string {
    return this.#stored(id, form).folder
  }

  /**
   * Begins to get a set in the background; one that is ready or on its way stays as it is. Where its pictures are here, its usual form is prepared of them.
   * @throws LabError `dataset-unknown`, `dataset-from-copy`, `own-images-given`, `edition-other` or `bad-input`.
   */
  get(id: string, edition?: string): DatasetEntry {
    const slot = this.#slot(id)
    const { card, sources } = slot.definition
    if (edition !== undefined && !card.editions.includes(edition)) refuse('bad-input', { detail: `${card.name} has no edition “${edition}”; there are ${card.editions.join(', ') || 'none'}` })
    if (edition !== undefined && slot.edition !== null && slot.edition !== edition) refuse('edition-other', { dataset: card.name, edition: slot.edition, other: edition })
    if (slot.ready || slot.jobs.busy) return slot.entry()
    if (!slot.collected && card.obtained === 'own') refuse('own-images-given', {})
    if (!slot.collected && sources.length === 0) refuse('dataset-from-copy', { dataset: card.name, id, page: card.page })
    if (slot.collected) this.#begin(slot, 'preparing', (tools) => prepareForm(slot, slot.usual, tools))
    else this.#begin(slot, 'connecting', (tools) => obtain(slot.definition, slot.folder, { ...tools, ...this.#ways(id), edition: edition ?? null }))
    return slot.entry()
  }

  /**
   * Begins to take a set from files of this computer. Waits for what goes on with the set before.
   * @param file an archive, a folder, or a packed set.
   * @param name of a person's own set; that of the file or folder when left out.
   * @throws LabError `dataset-unknown`, `dataset-in-use`, `import-failed` where there is nothing, or `pack-other`.
   */
  async import(id: string, file: string, name?: string): Promise<DatasetEntry> {
    const given = path.resolve(file)
    const { card } = this.#slot(id).definition
    const pack = await packIn(given).catch((thrown: unknown) => {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
      return refuse('import-failed', { path: given, dataset: card.name, detail: code === 'ENOENT' ? 'there is nothing of this name' : code }, { cause: thrown })
    })
    const slot = this.#slotToImport(id, given, pack, name)
    this.#refuseInUse(slot)
    const order = { definition: slot.definition, card: slot.definition.card, file: given }
    this.#begin(slot, 'reading', async (tools) => {
      this.#refuseInUse(slot)
      await (pack === null ? importSet(order, slot.folder, tools) : importPack({ ...order, pack }, slot.folder, tools))
    })
    return slot.entry()
  }

  /**
   * Prepares a form of a set, and resolves when it is there. One that is there stays as it is.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-unfit`, and as preparing does.
   */
  async prepare(id: string, form: DatasetForm): Promise<DatasetEntry> {
    const slot = this.#slot(id)
    const unfit = formProblem(slot.definition.card, form)
    if (unfit !== null) refuse('form-unfit', { dataset: slot.definition.card.name, form: formKey(form), detail: unfit })
    if (slot.form(form) !== null) return slot.entry()
    if (!slot.collected && slot.form(ownForm) === null) this.#missing(slot)
    await this.#during(slot, 'preparing', async (tools) => {
      // Someone else may have asked for the same.
      if (slot.known(formKey(form)) === null) await prepareForm(slot, form, tools)
    })
    return slot.entry()
  }

  /**
   * Writes all of a set into one file.
   * @returns bytes of the file.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `disk-full` or `write-failed`.
   */
  async pack(id: string, file: string): Promise<{ file: string; bytes: number }> {
    const slot = this.#slot(id)
    const { name } = this.#stored(id).stored.card
    const target = path.resolve(file)
    const { bytes } = await this.#during(slot, 'packing', ({ signal, progress }) =>
      runTask('pack', { folder: slot.folder, set: { dataset: id, name }, file: target }, { signal, onProgress: (stage, done, total) => progress.bytes(stage, done, total) }),
    )
    return { file: target, bytes }
  }

  /**
   * Takes a set off this computer; ends what goes on with it. A person's own set is gone with that.
   * @returns its entry, absent.
   * @throws LabError `dataset-unknown`, `dataset-in-use` or `write-failed`.
   */
  async remove(id: string): Promise<DatasetEntry> {
    const slot = this.#slot(id)
    this.#refuseInUse(slot)
    slot.jobs.cancel()
    const work = async (): Promise<void> => {
      this.#refuseInUse(slot)
      const aside = temporaryBeside(slot.folder)
      // By one rename, so that it is never half there.
      await rename(slot.folder, aside).catch((thrown: unknown) => {
        if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) refuseToWrite(slot.folder)(thrown)
      })
      // At once: who asks for an image while its files go would take the set for a damaged one.
      slot.look()
      await rm(aside, { recursive: true, force: true })
      await rm(partialFolder(this.#folder, id), { recursive: true, force: true })
      slot.problem = null
    }
    await slot.jobs.add({ work, cancelled: cancelledWork(slot), ended: () => this.#ended(slot) })
    if (isOwnId(id)) this.#slots.delete(id)
    return slot.entry()
  }

  /** Resolves when nothing goes on with the set (any more); its `problem` says why the last attempt to get it failed, if it did. */
  async whenSettled(id: string): Promise<DatasetEntry> {
    const slot = this.#slot(id)
    await slot.jobs.settled()
    return slot.entry()
  }

  /** Ends what goes on with a set. Nothing half-written is left as soon as `whenSettled` resolves; what was finished before stays. */
  cancel(id: string): DatasetEntry {
    const slot = this.#slot(id)
    slot.jobs.cancel()
    return slot.entry()
  }

  /**
   * Makes sure that a prepared form (the usual one where none is named) has not been altered since it was prepared; call it before anything is begun with it. Reads its bytes
   * only where the files look as if they had been. One that has been is given up, so that it can be prepared again.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  async verify(id: string, form?: DatasetForm): Promise<void> {
    const { folder, stored } = this.#stored(id, form)
    try {
      await verifyPreparedForm(folder)
    } catch (thrown) {
      if (thrown instanceof LabError) await this.reportDamage(id, stored.form)
      throw thrown
    }
  }

  /**
   * Gives a form up (the usual one where none is named) whose arrays someone found altered (the engine reads their hashes, the library only their sizes), so
   * that it can be prepared again. Lasts beyond this process.
   */
  async reportDamage(id: string, form?: DatasetForm): Promise<DatasetEntry> {
    const slot = this.#slot(id)
    const found = slot.form(form)
    if (found !== null) {
      await rm(path.join(found.folder, 'card.json'), { force: true })
      slot.look()
      this.#onChange(slot.entry())
    }
    return slot.entry()
  }

  /**
   * Images of the usual form spread over the classes: no class twice before each had its turn. The same seed chooses the same images.
   * @throws LabError `dataset-unknown`, `dataset-missing` or `dataset-damaged`.
   */
  async samples(id: string, split: Split, count: number, seed: number): Promise<DatasetSample[]> {
    const { folder, stored } = this.#stored(id)
    const { labels } = await readPreparedNumbers(folder, stored, split)
    const before = split === 'train' ? 0 : stored.card.sizes.train
    return chooseSamples(labels, stored.card.classes.length, count, seed).map((index) => ({ split, index, label: labels[index], url: imageAddress(id, stored, before + index) }))
  }

  /**
   * A piece of the list of a choice's images in one split.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing`, `dataset-damaged` or `bad-input`.
   */
  async images(id: string, choice: DataChoice, piece: Parameters<ChoiceImages['page']>[2]): Promise<ImagePage> {
    return this.#choices.page(this.#stored(id, choice.form), choice, piece)
  }

  /**
   * Pairs of equal images of which one trains and the other tests under a choice.
   * @throws as `images` does.
   */
  async twins(id: string, choice: DataChoice, count: number): Promise<TwinsPage> {
    return this.#choices.twins(await this.#withFacts(id, choice.form), choice, count)
  }

  /** What is prepared of a set under a form's key, as it was when it was looked at last; null where nothing is. */
  known(id: string, key: string): StoredForm['stored'] | null {
    return this.#slots.get(id)?.known(key)?.stored ?? null
  }

  /**
   * One image of a prepared form, read alone: uint8 `[height, width, channels]`.
   * @param index into the form's images: the training images first, then the test images.
   * @returns null when the form has no image of this index.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  async pixels(id: string, form: DatasetForm, index: number): Promise<{ image: DatasetCard['image']; bytes: Uint8Array } | null> {
    const { folder, stored } = this.#stored(id, form)
    const { image, sizes } = stored.card
    if (index >= sizes.train + sizes.test) return null
    const [split, place] = index < sizes.train ? (['train', index] as const) : (['test', index - sizes.train] as const)
    const bytes = new Uint8Array(imageBytes(stored.card))
    const handle = await open(path.join(folder, `${split}.images`), 'r')
    try {
      await handle.read(bytes, 0, bytes.byteLength, place * bytes.byteLength)
    } finally {
      await handle.close()
    }
    return { image, bytes }
  }

  /**
   * The mean of all images of one class in a prepared form.
   * @returns null for a class without images, or that is none.
   * @throws as `pixels` does.
   */
  async average(id: string, form: DatasetForm, label: number): Promise<{ image: DatasetCard['image']; bytes: Uint8Array } | null> {
    const { folder, stored } = await this.#withFacts(id, form)
    const bytes = await readAverage(folder, stored, label)
    return bytes === null ? null : { image: stored.card.image, bytes }
  }

  /** Where sets are looked for before their own sources are asked; null: nowhere. */
  get mirror(): string | null {
    return readMirrorPlace(this.#folder)
  }

  /**
   * Sets the mirror, or forgets it; what is on its way goes on as it began.
   * @throws LabError `mirror-unfit`, `disk-full` or `write-failed`.
   */
  setMirror(place: string | null): Promise<string | null> {
    return writeMirrorPlace(this.#folder, place)
  }

  /** Ends what is on its way and waits until nothing half-written is left. */
  async close(): Promise<void> {
    const closing = new LabError(problem('lab-closing', {}))
    this.#closing.abort(closing)
    // Not as a person cancels: what was downloaded stays for the next time.
    for (const slot of this.#slots.values()) slot.jobs.cancel(closing)
    await Promise.all([...this.#slots.values()].map((slot) => slot.jobs.settled()))
    await Promise.allSettled(this.#facts.values())
  }

  #ways(id: string): Pick<ObtainOptions, 'patience' | 'mirror' | 'partial'> {
    return { patience: this.#patience, mirror: this.mirror, partial: partialFolder(this.#folder, id) }
  }

  #newSlot(definition: DatasetDefinition): Slot {
    return new Slot(definition, setFolder(this.#folder, definition.card.id))
  }

  #slot(id: string): Slot {
    return this.#slots.get(id) ?? refuse('dataset-unknown', { dataset: id, known: [...this.#slots.keys()].join(', ') })
  }

  /** The set that an import makes or replaces. */
  #slotToImport(id: string, file: string, pack: Pack | null, name?: string): Slot {
    const slot = this.#slot(id)
    if (pack !== null && pack.dataset !== id && !(id === ownTemplate && isOwnId(pack.dataset))) {
      refuse('pack-other', { file, held: pack.name, dataset: slot.definition.card.name, id: isOwnId(pack.dataset) ? ownTemplate : pack.dataset })
    }
    if (id !== ownTemplate) return slot
    const called = name ?? pack?.name ?? path.basename(file).replace(/\.(zip|tar|tgz|tar\.gz|tar\.bz2|rar|csv|tsv)$/i, '')
    const taken = (one: string): boolean => {
      const other = this.#slots.get(one)
      return other !== undefined && (other.ready || other.collected || other.jobs.busy)
    }
    const own = freeOwnId(called, taken)
    const made = this.#newSlot(ownDefinition(slot.definition, { ...slot.definition.card, id: own, name: called }))
    this.#slots.set(own, made)
    return made
  }

  #refuseInUse({ definition: { card } }: Slot): void {
    const run = this.#usedBy(card.id)
    if (run !== null) refuse('dataset-in-use', { dataset: card.name, run })
  }

  #missing({ definition: { card }, problem: why }: Slot): never {
    if (why?.code === 'dataset-damaged') throw new LabError(why)
    return refuse('dataset-missing', { dataset: card.name, id: card.id })
  }

  /** What is prepared of a form (the usual one where none is named), looked at anew. */
  #stored(id: string, form?: DatasetForm): StoredForm {
    const slot = this.#slot(id)
    const key = formKey(form ?? slot.usual)
    const before = slot.known(key)
    const found = slot.form(form)
    if (found !== null) return found
    if (before !== null) this.#onChange(slot.entry())
    if (slot.ready) refuse('form-missing', { dataset: slot.definition.card.name, id, form: key })
    return this.#missing(slot)
  }

  /** As `#stored`, with what follows from the form's arrays, computed first where an older lab has prepared it. */
  async #withFacts(id: string, form: DatasetForm): Promise<StoredForm> {
    const { folder, stored, twins } = this.#stored(id, form)
    if (twins === null) {
      const computing = this.#facts.get(folder) ?? runTask('facts', { folder, stored }, { signal: this.#closing.signal, onProgress: () => undefined }).then(() => undefined)
      this.#facts.set(folder, computing)
      await computing.finally(() => this.#facts.delete(folder))
      const found = this.#stored(id, form)
      this.#onChange(this.entry(id))
      return found
    }
    return this.#stored(id, form)
  }

  /** A job whose end the entry tells: its failure is the entry's problem. */
  #begin(slot: Slot, stage: 'connecting' | 'reading' | 'preparing', job: (tools: JobTools) => Promise<void>): void {
    slot.problem = null
    const cancelled = stage === 'connecting' ? new LabError(problem('download-cancelled', { dataset: slot.definition.card.name })) : cancelledWork(slot)
    const told = async (tools: JobTools): Promise<void> => {
      try {
        await job(tools)
        slot.problem = null
      } catch (thrown) {
        slot.problem = problemOf(thrown)
      }
    }
    void this.#work(slot, { stage, cancelled, job: told })
  }

  /** A job whose end the one hears who waits for it. */
  #during<Result>(slot: Slot, stage: 'preparing' | 'packing', job: (tools: JobTools) => Promise<Result>): Promise<Result> {
    return this.#work(slot, { stage, cancelled: cancelledWork(slot), job })
  }

  /** A job with a set, with its progress in the entry. */
  #work<Result>(
    slot: Slot,
    { stage, cancelled, job }: { readonly stage: DatasetProgress['stage']; readonly cancelled: LabError; readonly job: (tools: JobTools) => Promise<Result> },
  ): Promise<Result> {
    let reported = -Infinity
    const progress = new JobProgress((now) => {
      const turn = now.stage !== slot.progress?.stage || now.pause !== undefined
      slot.progress = now
      if (!turn && performance.now() - reported < reportEvery) return
      reported = performance.now()
      this.#onChange(slot.entry())
    })
    const work = async (signal: AbortSignal): Promise<Result> => {
      progress.begin(stage)
      try {
        return await job({ signal, progress })
      } finally {
        slot.progress = null
      }
    }
    return slot.jobs.add({ work, cancelled, ended: () => this.#ended(slot) })
  }

  #ended(slot: Slot): void {
    slot.look()
    this.#onChange(slot.entry())
  }
}

function cancelledWork({ definition: { card } }: Slot): LabError {
  return new LabError(problem('work-cancelled', { dataset: card.name }))
}

/** What is in a packed set; null for a folder and for any other file. @throws what the system says. */
async function packIn(file: string): Promise<Pack | null> {
  try {
    return await readPackHead(file)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EISDIR') return null
    throw thrown
  }
}
