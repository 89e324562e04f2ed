import type { DatasetEntry } from '../../core/data/dataset.ts'
import { type Problem, problemOf } from '../../core/words/problems.ts'
import { type Copying, copyingSince } from './copying.ts'
import { type DatasetControl, datasetControl } from './datasetControl.svelte.ts'
import { chosen, dropped, type Given, guessedSet, ownName } from './droppedFiles.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { ownImages } from './ownImages.ts'
import { planning, type PlannedFiles, type Planning } from './planning.svelte.ts'
import { shellPlaceOf } from './shellPlaceOf.ts'
import { type Copies, discardCopies, importCopies, sendFiles } from './sendFiles.ts'

/** How files are copied to the lab and imported from there. */
const toLab = { send: sendFiles, import: importCopies, discard: discardCopies }

/** Files or a folder that a person dropped or chose, until they are imported as a set, or planned as own images. */
export class GivenFiles {
  given = $state.raw<Given | null>(null)
  /** The set they belong to. */
  target = $state<string>(ownImages)
  copying = $state.raw<Copying | null>(null)
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  /** What is wrong with them, known before any request. */
  unfit = $state<'several' | 'empty' | null>(null)
  #abort: AbortController | null = null
  readonly #lab: Pick<LabConnection, 'view'>
  readonly #control: DatasetControl
  readonly #planning: Planning
  readonly #copies: typeof toLab

  constructor(
    of: Pick<LabConnection, 'view'> = lab,
    control: DatasetControl = datasetControl,
    plans: Planning = planning,
    copies = toLab,
  ) {
    this.#lab = of
    this.#control = control
    this.#planning = plans
    this.#copies = copies
  }

  drop(transfer: DataTransfer, shown: DatasetEntry | null): void {
    this.#offer(dropped(transfer, shellPlaceOf()), shown)
  }

  choose(files: FileList, shown: DatasetEntry | null): void {
    this.#offer(chosen(files, shellPlaceOf()), shown)
  }

  #offer(given: Given | null, shown: DatasetEntry | null): void {
    if (given === null || this.busy) return
    this.given = given
    this.problem = null
    this.unfit = given.count > 1 && shellPlaceOf() !== null ? 'several' : null
    this.target =
      guessedSet(given.name, this.#lab.view?.datasets ?? []) ??
      (shown !== null && shown.state === 'absent' && shown.obtained !== 'own' ? shown.id : ownImages)
  }

  /** Discards them, and aborts a copy or a look under way. */
  discard(): void {
    this.#abort?.abort()
    if (this.#planning.looksAt('files')) this.#planning.cancel()
    this.given = null
    this.problem = null
    this.unfit = null
  }

  /**
   * Imports the set from them and returns its entry. Own images are planned instead, and null is returned. It is also
   * null if they were refused or the work was aborted; the reason is then shown here.
   */
  async take(): Promise<DatasetEntry | null> {
    const { given, target } = this
    if (given === null || this.busy) return null
    this.busy = true
    this.problem = null
    const entry = await (target === ownImages ? this.#plan(given) : this.#import(given, target))
    this.busy = false
    this.copying = null
    if (entry !== null) this.given = null
    return entry
  }

  async #import(given: Given, dataset: string): Promise<DatasetEntry | null> {
    if (given.place !== null) {
      const entry = await this.#control.import(dataset, given.place)
      this.problem = this.#control.problemOf(dataset, 'import')
      return entry
    }
    const copies = await this.#copy(given)
    if (copies === null) return null
    const answer = await this.#copies.import(copies.id, { dataset })
    if (answer.ok) return answer.value
    this.problem = answer.problem
    await this.#copies.discard(copies.id)
    return null
  }

  async #plan(given: Given): Promise<null> {
    const files = await this.#planned(given)
    if (files === null) return null
    this.copying = null
    await this.#planning.look(files)
    if (this.#planning.planned === null) this.problem = this.#planning.refusal?.problem ?? null
    if (this.problem === null) this.given = null
    return null
  }

  async #planned(given: Given): Promise<PlannedFiles | null> {
    const name = ownName(given.name)
    if (given.place !== null) return this.#planning.filesAt(given.place, name, 'files')
    const copies = await this.#copy(given)
    return copies === null
      ? null
      : {
          given: 'files',
          path: copies.path,
          name,
          take: (as) => this.#copies.import(copies.id, { dataset: ownImages, ...as }),
          putAway: () => void this.#copies.discard(copies.id),
        }
  }

  async #copy(given: Given): Promise<Copies | null> {
    this.#abort = new AbortController()
    const { signal } = this.#abort
    const files = await given.files().catch((thrown: unknown) => {
      this.problem = problemOf(thrown)
      return null
    })
    if (files === null) return null
    const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0)
    if (files.length === 0) this.unfit = 'empty'
    if (files.length === 0 || signal.aborted) return null
    const began = performance.now()
    const onBytes = (doneBytes: number): void => {
      this.copying = copyingSince(began, doneBytes, totalBytes)
    }
    onBytes(0)
    const answer = await this.#copies.send({ files, signal, onBytes })
    if (answer?.ok === false) this.problem = answer.problem
    return answer?.ok === true ? answer.value : null
  }
}

export const givenFiles = new GivenFiles()
