import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { formKey, ownForm, type DatasetForm } from '../../../core/dataChoice.ts'
import { ownTemplate, type DatasetEntry } from '../../../core/dataset.ts'
import { LabError, problem, refuse } from '../../../core/problems.ts'
import { temporaryBeside } from '../../files/atomicFile.ts'
import { verifyPreparedForm } from '../../files/preparedForm.ts'
import { catalogue } from '../sets/catalogue.ts'
import type { DatasetDefinition } from '../definition.ts'
import { FormImages } from './formImages.ts'
import { importPack, importSet, packIn } from '../jobs/importSet.ts'
import { partialFolder } from './setFolders.ts'
import { readMirrorPlace, writeMirrorPlace } from '../mirror/mirrorPlace.ts'
import { obtain } from '../jobs/downloadSet.ts'
import type { ObtainOptions, Patience } from '../jobs/downloadSet.ts'
import { isOwnId } from './ownSets.ts'
import { formProblem, prepareForm } from '../jobs/prepareForm.ts'
import { SetJobs } from '../jobs/setJobs.ts'
import { refuseMissing, Shelf } from './storedSets.ts'
import type { Slot } from './storedSet.ts'
import type { Pack } from '../worker/pack.ts'
import { runTask } from '../worker/runTask.ts'
import { refuseToWrite } from './workFolder.ts'

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

/**
 * The data sets of a home folder: what is there, what is being done with it, and the images in it. The folder has one
 * library at a time.
 */
export class DatasetLibrary {
  /** The images of the prepared forms. */
  readonly images: FormImages
  readonly #shelf: Shelf
  readonly #jobs: SetJobs
  readonly #usedBy: (id: string) => number | null
  readonly #patience: Patience

  /**
   * Looks what is there (some calls to the system a form) and removes what a crash left half-written.
   * @throws LabError `write-failed`.
   */
  constructor({
    folder,
    onChange,
    usedBy = () => null,
    definitions = catalogue,
    patience = usualPatience,
  }: LibraryOptions) {
    this.#shelf = new Shelf({ folder, onChange, definitions })
    this.#jobs = new SetJobs((slot) => this.#shelf.changed(slot))
    this.images = new FormImages(this.#shelf)
    this.#usedBy = usedBy
    this.#patience = patience
  }

  /** All sets that can be had, in the catalogue's order, then the person's own. */
  list(): DatasetEntry[] {
    return this.#shelf.slots.map((slot) => slot.entry())
  }

  /** @throws LabError `dataset-unknown`. */
  entry(id: string): DatasetEntry {
    return this.#shelf.slot(id).entry()
  }

  /**
   * The folder of a prepared form (the usual one where none is named), after the cheap check of its files.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  folderOf(id: string, form?: DatasetForm): string {
    return this.#shelf.stored(id, form).folder
  }

  /**
   * Begins to get a set in the background; one that is ready or on its way stays as it is. Where its pictures are here,
   * its usual form is prepared of them.
   * @throws LabError `dataset-unknown`, `dataset-from-copy`, `own-images-given`, `edition-other` or `bad-input`.
   */
  get(id: string, edition?: string): DatasetEntry {
    const slot = this.#shelf.slot(id)
    const { card, sources } = slot.definition
    if (edition !== undefined && !card.editions.includes(edition))
      refuse('bad-input', {
        detail: `${card.name} has no edition “${edition}”; there are ${card.editions.join(', ') || 'none'}`,
      })
    if (edition !== undefined && slot.edition !== null && slot.edition !== edition)
      refuse('edition-other', { dataset: card.name, edition: slot.edition, other: edition })
    if (slot.ready || slot.jobs.busy) return slot.entry()
    if (!slot.collected && card.obtained === 'own') refuse('own-images-given', {})
    if (!slot.collected && sources.length === 0)
      refuse('dataset-from-copy', { dataset: card.name, id, page: card.page })
    if (slot.collected) this.#jobs.begin(slot, 'preparing', (tools) => prepareForm(slot, slot.usual, tools))
    else
      this.#jobs.begin(slot, 'connecting', (tools) =>
        obtain(slot.definition, slot.folder, { ...tools, ...this.#ways(id), edition: edition ?? null }),
      )
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
    const { card } = this.#shelf.slot(id).definition
    const pack = await packIn(given, card.name)
    const slot = this.#slotToImport(id, given, pack, name)
    this.#refuseInUse(slot)
    const order = { definition: slot.definition, card: slot.definition.card, file: given }
    this.#jobs.begin(slot, 'reading', async (tools) => {
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
    const slot = this.#shelf.slot(id)
    const unfit = formProblem(slot.definition.card, form)
    if (unfit !== null) refuse('form-unfit', { dataset: slot.definition.card.name, form: formKey(form), detail: unfit })
    if (slot.form(form) !== null) return slot.entry()
    if (!slot.collected && slot.form(ownForm) === null) refuseMissing(slot)
    await this.#jobs.during(slot, 'preparing', async (tools) => {
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
    const slot = this.#shelf.slot(id)
    const { name } = this.#shelf.stored(id).stored.card
    const target = path.resolve(file)
    const { bytes } = await this.#jobs.during(slot, 'packing', ({ signal, progress }) =>
      runTask(
        'pack',
        { folder: slot.folder, set: { dataset: id, name }, file: target },
        { signal, onProgress: (stage, done, total) => progress.bytes(stage, done, total) },
      ),
    )
    return { file: target, bytes }
  }

  /**
   * Takes a set off this computer; ends what goes on with it. A person's own set is gone with that.
   * @returns its entry, absent.
   * @throws LabError `dataset-unknown`, `dataset-in-use` or `write-failed`.
   */
  async remove(id: string): Promise<DatasetEntry> {
    const slot = this.#shelf.slot(id)
    this.#refuseInUse(slot)
    slot.jobs.cancel()
    await this.#jobs.atOnce(slot, async () => {
      this.#refuseInUse(slot)
      const aside = temporaryBeside(slot.folder)
      // By one rename, so that it is never half there.
      await rename(slot.folder, aside).catch((thrown: unknown) => {
        if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'))
          refuseToWrite(slot.folder)(thrown)
      })
      // At once: who asks for an image while its files go would take the set for a damaged one.
      slot.look()
      await rm(aside, { recursive: true, force: true })
      await rm(partialFolder(this.#shelf.folder, id), { recursive: true, force: true })
      slot.problem = null
    })
    this.#shelf.emptied(id)
    return slot.entry()
  }

  /**
   * Resolves when nothing goes on with the set (any more); its `problem` says why the last attempt to get it failed, if
   * it did.
   */
  async whenSettled(id: string): Promise<DatasetEntry> {
    const slot = this.#shelf.slot(id)
    await slot.jobs.settled()
    return slot.entry()
  }

  /**
   * Ends what goes on with a set. Nothing half-written is left as soon as `whenSettled` resolves; what was finished
   * before stays.
   */
  cancel(id: string): DatasetEntry {
    const slot = this.#shelf.slot(id)
    slot.jobs.cancel()
    return slot.entry()
  }

  /**
   * Makes sure that a prepared form (the usual one where none is named) has not been altered since it was prepared;
   * call it before anything is begun with it. Reads its bytes only where the files look as if they had been. One that
   * has been is given up, so that it can be prepared again.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  async verify(id: string, form?: DatasetForm): Promise<void> {
    const { folder, stored } = this.#shelf.stored(id, form)
    try {
      await verifyPreparedForm(folder)
    } catch (thrown) {
      if (thrown instanceof LabError) await this.reportDamage(id, stored.form)
      throw thrown
    }
  }

  /**
   * Gives a form up (the usual one where none is named) whose arrays someone found altered (the engine reads their
   * hashes, the library only their sizes), so that it can be prepared again. Lasts beyond this process.
   */
  async reportDamage(id: string, form?: DatasetForm): Promise<DatasetEntry> {
    const slot = this.#shelf.slot(id)
    const found = slot.form(form)
    if (found !== null) {
      await rm(path.join(found.folder, 'card.json'), { force: true })
      slot.look()
      this.#shelf.changed(slot)
    }
    return slot.entry()
  }

  /** Where sets are looked for before their own sources are asked; null: nowhere. */
  get mirror(): string | null {
    return readMirrorPlace(this.#shelf.folder)
  }

  /**
   * Sets the mirror, or forgets it; what is on its way goes on as it began.
   * @throws LabError `mirror-unfit`, `disk-full` or `write-failed`.
   */
  setMirror(place: string | null): Promise<string | null> {
    return writeMirrorPlace(this.#shelf.folder, place)
  }

  /** Ends what is on its way and waits until nothing half-written is left. */
  async close(): Promise<void> {
    const closing = new LabError(problem('lab-closing', {}))
    const { slots } = this.#shelf
    // Not as a person cancels: what was downloaded stays for the next time.
    for (const slot of slots) slot.jobs.cancel(closing)
    await Promise.all([...slots.map((slot) => slot.jobs.settled()), this.images.close(closing)])
  }

  #ways(id: string): Pick<ObtainOptions, 'patience' | 'mirror' | 'partial'> {
    return { patience: this.#patience, mirror: this.mirror, partial: partialFolder(this.#shelf.folder, id) }
  }

  /** The set that an import makes or replaces. */
  #slotToImport(id: string, file: string, pack: Pack | null, name?: string): Slot {
    const slot = this.#shelf.slot(id)
    if (pack !== null && pack.dataset !== id && !(id === ownTemplate && isOwnId(pack.dataset))) {
      refuse('pack-other', {
        file,
        held: pack.name,
        dataset: slot.definition.card.name,
        id: isOwnId(pack.dataset) ? ownTemplate : pack.dataset,
      })
    }
    if (id !== ownTemplate) return slot
    return this.#shelf.addOwn(
      name ?? pack?.name ?? path.basename(file).replace(/\.(zip|tar|tgz|tar\.gz|tar\.bz2|rar|csv|tsv)$/i, ''),
      slot.definition,
    )
  }

  #refuseInUse({ definition: { card } }: Slot): void {
    const run = this.#usedBy(card.id)
    if (run !== null) refuse('dataset-in-use', { dataset: card.name, run })
  }
}
