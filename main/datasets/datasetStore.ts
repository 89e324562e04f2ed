import { rm } from 'node:fs/promises'
import path from 'node:path'
import { phrase } from '../../core/words/phrases.ts'
import { formKey, ownForm, type DatasetForm } from '../../core/data/dataChoice.ts'
import { ownTemplate, type DatasetEntry } from '../../core/data/dataset.ts'
import type { PlanningEvent } from '../../core/reading/planning.ts'
import type { ReadingWishes } from '../../core/reading/readingWishes.ts'
import { LabError, problem, refuse } from '../../core/words/problems.ts'
import { checkOwnName, shortName } from '../../core/data/ownName.ts'
import { temporaryBeside } from '../files/atomicFile.ts'
import { verifyPreparedForm } from '../files/preparedForm.ts'
import { rename } from '../platform/rename.ts'
import { catalogue } from './sets/catalogue.ts'
import type { DatasetDefinition } from './definition.ts'
import { FormImages } from './images/formImages.ts'
import { importPackedSet, importSet, packHeaderOf } from './jobs/importSet.ts'
import { partialFolder } from './store/setFolders.ts'
import { Plannings } from './planning/plannings.ts'
import { packedFolder } from '../files/packedFolder.ts'
import { readMirrorPlace, writeMirrorPlace } from './mirror/mirrorPlace.ts'
import { placeOfSetAlong } from './mirror/setsAlong.ts'
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
import { givenPath } from '../files/givenPath.ts'

const usualTimeouts: SourceTimeouts = { answerMs: 4_000, silenceMs: 30_000 }

export interface DatasetStoreOptions {
  /** Folder of all sets. It is made when the first set arrives. */
  readonly folder: string
  /** Called with each changed entry; for progress at most five times a second. */
  readonly onChange: (entry: DatasetEntry) => void
  /** The run that trains on a set or is queued for it. While there is one, the set's files are not changed. */
  readonly usedBy?: (id: string) => number | null
  /** The sets on offer; by default the lab's catalogue. */
  readonly definitions?: readonly DatasetDefinition[]
  readonly timeouts?: SourceTimeouts
  /** The portable folder with which sets may have come along; null: none. By default that of this program. */
  readonly portable?: string | null
}

/** How a person's own images are imported. */
export interface ImportOptions {
  /** By default the name of the file or folder. */
  readonly name?: string
  /** How they are to be read, where there are several ways. */
  readonly wishes?: ReadingWishes
}

/**
 * The data sets of a home folder: what is stored, the jobs on it, and its images. A folder must have only one store at
 * a time.
 */
export class DatasetStore {
  /** The images of the prepared forms. */
  readonly images: FormImages
  readonly #sets: StoredSets
  readonly #jobs: SetJobRunner
  readonly #usedBy: (id: string) => number | null
  readonly #timeouts: SourceTimeouts
  readonly #portable: string | null
  readonly #plannings: Plannings

  /**
   * Reads what is stored (a few system calls per form) and removes what a crash left half-written.
   * @throws LabError `write-failed`.
   */
  constructor({
    folder,
    onChange,
    usedBy = () => null,
    definitions = catalogue,
    timeouts = usualTimeouts,
    portable = packedFolder(),
  }: DatasetStoreOptions) {
    this.#sets = new StoredSets({ folder, onChange, definitions })
    this.#jobs = new SetJobRunner((set) => this.#sets.changed(set))
    this.images = new FormImages(this.#sets)
    this.#usedBy = usedBy
    this.#timeouts = timeouts
    this.#portable = portable
    this.#plannings = new Plannings(folder)
  }

  /** All sets: the catalogue's in its order, then the person's own. */
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
   * Starts downloading a set in the background. Does nothing if the set is ready or busy. If its pictures are stored,
   * only its usual form is prepared from them.
   * @throws LabError `dataset-unknown`, `dataset-from-copy`, `own-images-given`, `edition-other` or `bad-input`.
   */
  get(id: string, edition?: string): DatasetEntry {
    const set = this.#sets.get(id)
    const { card, sources } = set.definition
    if (edition !== undefined && !card.editions.includes(edition))
      refuse('bad-input', {
        detail:
          card.editions.length === 0
            ? phrase('no-editions', { dataset: card.name, edition })
            : phrase('no-such-edition', { dataset: card.name, edition, known: card.editions.join(', ') }),
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
   * Starts importing a set from files on this computer, after the set's earlier jobs have ended.
   * @param file an archive, a folder, or a packed set.
   * @throws LabError `dataset-unknown`, `dataset-in-use`, `import-failed` if there is nothing at the path, `pack-other`,
   *   `name-blank`, `name-too-long`, or `bad-input` for wishes how to read a published set.
   */
  async import(id: string, file: string, { name, wishes }: ImportOptions = {}): Promise<DatasetEntry> {
    const given = givenPath(file)
    const { card } = this.#sets.get(id).definition
    if (wishes !== undefined && card.obtained !== 'own')
      refuse('bad-input', {
        detail: phrase('reads-itself', { dataset: card.name }),
      })
    this.#forgetFailure(this.#sets.get(id))
    const pack = await packHeaderOf(given, card.name)
    const set = this.#setToImport(id, given, pack, name)
    this.#refuseInUse(set)
    const order = { definition: set.definition, card: set.definition.card, file: given, wishes }
    this.#jobs.start(set, 'reading', async (context) => {
      this.#refuseInUse(set)
      await (pack === null
        ? importSet(order, set.folder, context)
        : importPackedSet({ ...order, pack }, set.folder, context))
    })
    return set.entry()
  }

  /**
   * Plans how a person's own images can be read; ends with `planned` or `packed`. Who stops listening cancels it.
   * @throws LabError `import-failed`, or why no images can be read.
   */
  plan(file: string, wishes: ReadingWishes = {}, signal?: AbortSignal): AsyncGenerator<PlanningEvent> {
    return this.#plannings.plan(file, wishes, signal)
  }

  /**
   * Prepares a form of a set and resolves when it is ready. Does nothing if it already is.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-unfit`, and those of preparing the form.
   */
  async prepare(id: string, form: DatasetForm): Promise<DatasetEntry> {
    const set = this.#sets.get(id)
    const unfit = formProblem(set.definition.card, form)
    if (unfit !== null) refuse('form-unfit', { dataset: set.definition.card.name, form: formKey(form), detail: unfit })
    if (set.checkedForm(form) !== null) return set.entry()
    if (!set.hasPictures && set.checkedForm(ownForm) === null) refuseAbsentSet(set)
    await this.#jobs.run(set, 'preparing', async (context) => {
      // Another caller may have asked for the same form meanwhile.
      if (set.knownForm(formKey(form)) === null) await prepareForm(set, form, context)
    })
    return set.entry()
  }

  /**
   * Writes a whole set into one file.
   * @returns bytes of the file.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `disk-full` or `write-failed`.
   */
  async pack(id: string, file: string): Promise<{ file: string; bytes: number }> {
    const set = this.#sets.get(id)
    const { name } = this.#sets.checkedForm(id).stored.card
    const target = givenPath(file)
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
   * Cancels a set's jobs and deletes its files. A person's own set then no longer exists.
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
      // One rename, so that the set is never half deleted.
      await rename(set.folder, aside).catch((thrown: unknown) => {
        if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'))
          refuseToWrite(set.folder)(thrown)
      })
      // Before the files are deleted: otherwise a request for an image would find the set damaged.
      set.refresh()
      await rm(aside, { recursive: true, force: true })
      await rm(partialFolder(this.#sets.folder, id), { recursive: true, force: true })
      set.problem = null
    })
    this.#sets.forgetOwn(id)
    return set.entry()
  }

  /**
   * Resolves when the set has no jobs. If the last attempt to get it failed, the entry's `problem` says why.
   */
  async whenSettled(id: string): Promise<DatasetEntry> {
    const set = this.#sets.get(id)
    await set.jobs.settled()
    return set.entry()
  }

  /**
   * Cancels a set's jobs. Once `whenSettled` resolves nothing half-written is left. What was finished before stays.
   */
  cancel(id: string): DatasetEntry {
    const set = this.#sets.get(id)
    set.jobs.cancel()
    return set.entry()
  }

  /**
   * Checks that a prepared form (by default the usual one) has not been altered since it was prepared. Call it before a
   * form is used. The bytes are hashed only if a file's size or time suggests a change. An altered form is discarded,
   * so that it can be prepared again.
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
   * Discards a form (by default the usual one) whose arrays were found altered, so that it can be prepared again, also
   * after a restart. The engine finds out by their hashes; the store itself checks only sizes.
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

  /** The mirror that is asked before a set's own sources; null: none. */
  get mirror(): string | null {
    return readMirrorPlace(this.#sets.folder)
  }

  /**
   * Sets or forgets the mirror. Downloads under way are not affected.
   * @param code the code of the class, as it was typed; empty for none
   * @throws LabError `mirror-unfit`, `class-code-unread`, `disk-full` or `write-failed`.
   */
  setMirror(place: string | null, code = ''): Promise<string | null> {
    return writeMirrorPlace(this.#sets.folder, place, code)
  }

  /** Cancels all jobs and waits until nothing half-written is left. */
  async close(): Promise<void> {
    const closing = new LabError(problem('lab-closing', {}))
    const sets = this.#sets.all
    // Unlike a person's cancelling, this keeps what was downloaded for the next time.
    for (const set of sets) set.jobs.cancel(closing)
    await Promise.all([
      ...sets.map((set) => set.jobs.settled()),
      this.images.close(closing),
      this.#plannings.close(closing),
    ])
  }

  #downloadOptions(id: string): Pick<DownloadOptions, 'timeouts' | 'mirror' | 'along' | 'partial'> {
    return {
      timeouts: this.#timeouts,
      mirror: this.mirror,
      along: placeOfSetAlong(this.#portable, id),
      partial: partialFolder(this.#sets.folder, id),
    }
  }

  /** The set that an import creates or replaces. */
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
    const called =
      name ?? shortName(pack?.name ?? path.basename(file).replace(/\.(zip|tar|tgz|tar\.gz|tar\.bz2|rar|csv|tsv)$/i, ''))
    checkOwnName(called)
    return this.#sets.addOwn(called.trim(), set.definition)
  }

  /** A new try begins, so why the last one failed is no longer told. Damage stays damage. */
  #forgetFailure(set: StoredSet): void {
    if (set.problem === null || set.problem.code === 'dataset-damaged' || set.jobs.busy) return
    set.problem = null
    this.#sets.changed(set)
  }

  #refuseInUse({ definition: { card } }: StoredSet): void {
    const run = this.#usedBy(card.id)
    if (run !== null) refuse('dataset-in-use', { dataset: card.name, run })
  }
}
