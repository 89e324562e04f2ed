import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { formKey, ownForm, type DatasetForm } from '../../core/dataChoice.ts'
import { ownTemplate, type DatasetEntry } from '../../core/dataset.ts'
import { LabError, problem, refuse } from '../../core/problems.ts'
import { temporaryBeside } from '../files/atomicFile.ts'
import { verifyPreparedForm } from '../files/preparedForm.ts'
import { catalogue } from './sets/catalogue.ts'
import type { DatasetDefinition } from './definition.ts'
import { FormImages } from './images/formImages.ts'
import { importPackedSet, importSet, packHeaderOf } from './jobs/importSet.ts'
import { partialFolder } from './store/setFolders.ts'
import { readMirrorPlace, writeMirrorPlace } from './mirror/mirrorPlace.ts'
import { downloadSet } from './jobs/downloadSet.ts'
import type { DownloadOptions, SourceTimeouts } from './jobs/downloadSet.ts'
import { isOwnId } from './store/ownSets.ts'
import { formProblem, prepareForm } from './jobs/prepareForm.ts'
import { SetJobRunner } from './jobs/setJobRunner.ts'
import { refuseAbsentSet, StoredSets } from './store/storedSets.ts'
import type { StoredSet } from './store/storedSet.ts'
import type { PackHeader } from './store/packedSet.ts'
import { runTask } from './worker/runTask.ts'
import { refuseToWrite } from './store/temporaryFolder.ts'

const usualTimeouts: SourceTimeouts = { answerMs: 4_000, silenceMs: 30_000 }

export interface DatasetStoreOptions {
  /** Folder of all sets; made when the first one comes. */
  readonly folder: string
  /** Told every change of an entry; progress at most five times a second. */
  readonly onChange: (entry: DatasetEntry) => void
  /** The run that trains on a set or waits to, if there is one: then the set's files stay as they are. */
  readonly usedBy?: (id: string) => number | null
  /** The sets that can be had; the lab's catalogue when left out. */
  readonly definitions?: readonly DatasetDefinition[]
  readonly timeouts?: SourceTimeouts
}

/**
 * The data sets of a home folder: what is there, what is being done with it, and the images in it. A folder
 * has one store at a time.
 */
export class DatasetStore {
  /** The images of the prepared forms. */
  readonly images: FormImages
  readonly #sets: StoredSets
  readonly #jobs: SetJobRunner
  readonly #usedBy: (id: string) => number | null
  readonly #timeouts: SourceTimeouts

  /**
   * Looks what is there (some calls to the system a form) and removes what a crash left half-written.
   * @throws LabError `write-failed`.
   */
  constructor({
    folder,
    onChange,
    usedBy = () => null,
    definitions = catalogue,
    timeouts = usualTimeouts,
  }: DatasetStoreOptions) {
    this.#sets = new StoredSets({ folder, onChange, definitions })
    this.#jobs = new SetJobRunner((set) => this.#sets.changed(set))
    this.images = new FormImages(this.#sets)
    this.#usedBy = usedBy
    this.#timeouts = timeouts
  }

  /** All sets that can be had, in the catalogue's order, then the person's own. */
  list(): DatasetEntry[] {
    return this.#sets.all.map((set) => set.entry())
  }

  /** @throws LabError `dataset-unknown`. */
  entry(id: string): DatasetEntry {
    return this.#sets.get(id).entry()
  }

  /**
   * The folder of a prepared form (the usual one where none is named), after the cheap check of its files.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  folderOf(id: string, form?: DatasetForm): string {
    return this.#sets.checkedForm(id, form).folder
  }

  /**
   * Begins to get a set in the background; one that is ready or on its way stays as it is. Where its pictures are here,
   * its usual form is prepared of them.
   * @throws LabError `dataset-unknown`, `dataset-from-copy`, `own-images-given`, `edition-other` or `bad-input`.
   */
  get(id: string, edition?: string): DatasetEntry {
    const set = this.#sets.get(id)
    const { card, sources } = set.definition
    if (edition !== undefined && !card.editions.includes(edition))
      refuse('bad-input', {
        detail: `${card.name} has no edition “${edition}”; there are ${card.editions.join(', ') || 'none'}`,
      })
    if (edition !== undefined && set.edition !== null && set.edition !== edition)
      refuse('edition-other', { dataset: card.name, edition: set.edition, other: edition })
    if (set.ready || set.jobs.busy) return set.entry()
    if (!set.hasPictures && card.obtained === 'own') refuse('own-images-given', {})
    if (!set.hasPictures && sources.length === 0)
      refuse('dataset-from-copy', { dataset: card.name, id, page: card.page })
    if (set.hasPictures) this.#jobs.start(set, 'preparing', (context) => prepareForm(set, set.usualForm, context))
    else
      this.#jobs.start(set, 'connecting', (context) =>
        downloadSet(set.definition, set.folder, { ...context, ...this.#downloadOptions(id), edition: edition ?? null }),
      )
    return set.entry()
  }

  /**
   * Begins to take a set from files of this computer. Waits for what goes on with the set before.
   * @param file an archive, a folder, or a packed set.
   * @param name of a person's own set; that of the file or folder when left out.
   * @throws LabError `dataset-unknown`, `dataset-in-use`, `import-failed` where there is nothing, or `pack-other`.
   */
  async import(id: string, file: string, name?: string): Promise<DatasetEntry> {
    const given = path.resolve(file)
    const { card } = this.#sets.get(id).definition
    const pack = await packHeaderOf(given, card.name)
    const set = this.#setToImport(id, given, pack, name)
    this.#refuseInUse(set)
    const order = { definition: set.definition, card: set.definition.card, file: given }
    this.#jobs.start(set, 'reading', async (context) => {
      this.#refuseInUse(set)
      await (pack === null
        ? importSet(order, set.folder, context)
        : importPackedSet({ ...order, pack }, set.folder, context))
    })
    return set.entry()
  }

  /**
   * Prepares a form of a set, and resolves when it is there. One that is there stays as it is.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-unfit`, and as preparing does.
   */
  async prepare(id: string, form: DatasetForm): Promise<DatasetEntry> {
    const set = this.#sets.get(id)
    const unfit = formProblem(set.definition.card, form)
    if (unfit !== null) refuse('form-unfit', { dataset: set.definition.card.name, form: formKey(form), detail: unfit })
    if (set.checkedForm(form) !== null) return set.entry()
    if (!set.hasPictures && set.checkedForm(ownForm) === null) refuseAbsentSet(set)
    await this.#jobs.run(set, 'preparing', async (context) => {
      // Someone else may have asked for the same.
      if (set.knownForm(formKey(form)) === null) await prepareForm(set, form, context)
    })
    return set.entry()
  }

  /**
   * Writes all of a set into one file.
   * @returns bytes of the file.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `disk-full` or `write-failed`.
   */
  async pack(id: string, file: string): Promise<{ file: string; bytes: number }> {
    const set = this.#sets.get(id)
    const { name } = this.#sets.checkedForm(id).stored.card
    const target = path.resolve(file)
    const { bytes } = await this.#jobs.run(set, 'packing', ({ signal, progress }) =>
      runTask(
        'packSet',
        { folder: set.folder, set: { dataset: id, name }, file: target },
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
    const set = this.#sets.get(id)
    this.#refuseInUse(set)
    set.jobs.cancel()
    await this.#jobs.runWithoutProgress(set, async () => {
      this.#refuseInUse(set)
      const aside = temporaryBeside(set.folder)
      // By one rename, so that it is never half there.
      await rename(set.folder, aside).catch((thrown: unknown) => {
        if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'))
          refuseToWrite(set.folder)(thrown)
      })
      // At once: who asks for an image while its files go would take the set for a damaged one.
      set.refresh()
      await rm(aside, { recursive: true, force: true })
      await rm(partialFolder(this.#sets.folder, id), { recursive: true, force: true })
      set.problem = null
    })
    this.#sets.forgetOwn(id)
    return set.entry()
  }

  /**
   * Resolves when nothing goes on with the set (any more); its `problem` says why the last attempt to get it failed, if
   * it did.
   */
  async whenSettled(id: string): Promise<DatasetEntry> {
    const set = this.#sets.get(id)
    await set.jobs.settled()
    return set.entry()
  }

  /**
   * Ends what goes on with a set. Nothing half-written is left as soon as `whenSettled` resolves; what was finished
   * before stays.
   */
  cancel(id: string): DatasetEntry {
    const set = this.#sets.get(id)
    set.jobs.cancel()
    return set.entry()
  }

  /**
   * Makes sure that a prepared form (the usual one where none is named) has not been altered since it was prepared;
   * call it before anything is begun with it. Reads its bytes only where the files look as if they had been. One that
   * has been is given up, so that it can be prepared again.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  async verify(id: string, form?: DatasetForm): Promise<void> {
    const { folder, stored } = this.#sets.checkedForm(id, form)
    try {
      await verifyPreparedForm(folder)
    } catch (thrown) {
      if (thrown instanceof LabError) await this.reportDamage(id, stored.form)
      throw thrown
    }
  }

  /**
   * Gives a form up (the usual one where none is named) whose arrays someone found altered (the engine reads their
   * hashes, the store only their sizes), so that it can be prepared again. Lasts beyond this process.
   */
  async reportDamage(id: string, form?: DatasetForm): Promise<DatasetEntry> {
    const set = this.#sets.get(id)
    const found = set.checkedForm(form)
    if (found !== null) {
      await rm(path.join(found.folder, 'card.json'), { force: true })
      set.refresh()
      this.#sets.changed(set)
    }
    return set.entry()
  }

  /** Where sets are looked for before their own sources are asked; null: nowhere. */
  get mirror(): string | null {
    return readMirrorPlace(this.#sets.folder)
  }

  /**
   * Sets the mirror, or forgets it; what is on its way goes on as it began.
   * @throws LabError `mirror-unfit`, `disk-full` or `write-failed`.
   */
  setMirror(place: string | null): Promise<string | null> {
    return writeMirrorPlace(this.#sets.folder, place)
  }

  /** Ends what is on its way and waits until nothing half-written is left. */
  async close(): Promise<void> {
    const closing = new LabError(problem('lab-closing', {}))
    const sets = this.#sets.all
    // Not as a person cancels: what was downloaded stays for the next time.
    for (const set of sets) set.jobs.cancel(closing)
    await Promise.all([...sets.map((set) => set.jobs.settled()), this.images.close(closing)])
  }

  #downloadOptions(id: string): Pick<DownloadOptions, 'timeouts' | 'mirror' | 'partial'> {
    return { timeouts: this.#timeouts, mirror: this.mirror, partial: partialFolder(this.#sets.folder, id) }
  }

  /** The set that an import makes or replaces. */
  #setToImport(id: string, file: string, pack: PackHeader | null, name?: string): StoredSet {
    const set = this.#sets.get(id)
    if (pack !== null && pack.dataset !== id && !(id === ownTemplate && isOwnId(pack.dataset))) {
      refuse('pack-other', {
        file,
        held: pack.name,
        dataset: set.definition.card.name,
        id: isOwnId(pack.dataset) ? ownTemplate : pack.dataset,
      })
    }
    if (id !== ownTemplate) return set
    return this.#sets.addOwn(
      name ?? pack?.name ?? path.basename(file).replace(/\.(zip|tar|tgz|tar\.gz|tar\.bz2|rar|csv|tsv)$/i, ''),
      set.definition,
    )
  }

  #refuseInUse({ definition: { card } }: StoredSet): void {
    const run = this.#usedBy(card.id)
    if (run !== null) refuse('dataset-in-use', { dataset: card.name, run })
  }
}
