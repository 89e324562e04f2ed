import type { DatasetEntry } from '../../core/data/dataset.ts'
import { type Problem, problemOf } from '../../core/words/problems.ts'
import { placeOfFile } from '../../core/contract/windowLink.ts'
import { type DatasetControl, datasetControl } from './datasetControl.svelte.ts'
import { chosen, dropped, type Given, guessedSet, ownName, type PlaceOf } from './droppedFiles.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { ownImages } from './ownImages.ts'
import { sendFiles } from './sendFiles.ts'

/** Files being copied to the lab. */
interface Copying {
  readonly doneBytes: number
  readonly totalBytes: number
  readonly bytesPerSecond: number
  readonly secondsLeft: number | null
}

/** Electron reveals the path of a file; a browser does not. */
function shellPlaceOf(): PlaceOf | null {
  const ask: unknown = Reflect.get(window, placeOfFile)
  return typeof ask === 'function' ? (file) => String(Reflect.apply(ask, window, [file])) : null
}

/** Files or a folder that a person dropped or chose, until they are imported as a set. */
export class GivenFiles {
  given = $state.raw<Given | null>(null)
  /** The set they belong to. */
  target = $state<string>(ownImages)
  /** The name for a new set of own images. */
  name = $state('')
  copying = $state.raw<Copying | null>(null)
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  /** What is wrong with them, known before any request. */
  unfit = $state<'several' | 'empty' | null>(null)
  #abort: AbortController | null = null
  readonly #lab: Pick<LabConnection, 'view'>
  readonly #control: DatasetControl
  readonly #send: typeof sendFiles

  constructor(of: Pick<LabConnection, 'view'> = lab, control: DatasetControl = datasetControl, send = sendFiles) {
    this.#lab = of
    this.#control = control
    this.#send = send
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
    this.name = ownName(given.name)
    this.target =
      guessedSet(given.name, this.#lab.view?.datasets ?? []) ??
      (shown !== null && shown.state === 'absent' && shown.obtained !== 'own' ? shown.id : ownImages)
  }

  /** Discards them and aborts a copy under way. */
  discard(): void {
    this.#abort?.abort()
    this.given = null
    this.problem = null
    this.unfit = null
  }

  /**
   * Imports the set from them. Returns its entry, or null if the import was refused or aborted; the reason is then
   * shown here.
   */
  async take(): Promise<DatasetEntry | null> {
    const { given, target } = this
    if (given === null || this.busy) return null
    this.busy = true
    this.problem = null
    const name = target === ownImages ? this.name.trim() || ownName(given.name) : undefined
    const entry =
      given.place === null
        ? await this.#copy(given, target, name)
        : await this.#control.import(target, given.place, name)
    this.busy = false
    this.copying = null
    if (entry !== null) this.given = null
    else this.problem ??= this.#control.problemOf(target, 'import')
    return entry
  }

  async #copy(given: Given, dataset: string, name: string | undefined): Promise<DatasetEntry | null> {
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
      const seconds = Math.max(0.001, (performance.now() - began) / 1000)
      const bytesPerSecond = doneBytes / seconds
      this.copying = {
        doneBytes,
        totalBytes,
        bytesPerSecond,
        secondsLeft: doneBytes === 0 ? null : (totalBytes - doneBytes) / bytesPerSecond,
      }
    }
    onBytes(0)
    const answer = await this.#send({ dataset, name: name ?? null, files, signal, onBytes })
    if (answer?.ok === false) this.problem = answer.problem
    return answer?.ok === true ? answer.value : null
  }
}

export const givenFiles = new GivenFiles()
