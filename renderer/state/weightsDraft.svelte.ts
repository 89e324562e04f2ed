import type { Model } from '../../core/network/model.ts'
import type { CheckpointChoice } from '../../core/run/run.ts'
import { withChosen } from '../../core/weights/chosenRows.ts'
import { variableTexts } from '../../core/weights/confirmedWeights.ts'
import type { TableRow, TakenTensor, WeightsSource } from '../../core/weights/weightsTable.ts'
import type { WeightsProposal } from '../../core/weights/weightsProposal.ts'
import { type Problem, problemOf } from '../../core/words/problems.ts'
import { type Copying, copyingSince } from './copying.ts'
import { chosen, dropped, type Given } from './droppedFiles.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { type NextRun, nextRun } from './nextRun.svelte.ts'
import { discardCopies, sendFiles } from './sendFiles.ts'
import { shellPlaceOf } from './shellPlaceOf.ts'

/** From where weights can be taken. */
export type WeightsKind = WeightsSource['kind']

/** How a file is copied to the lab, and deleted there. */
const toLab = { send: sendFiles, discard: discardCopies }

/** A source that a person looks at, with its table for the network of the next run. */
export interface LookedWeights {
  readonly source: WeightsSource
  readonly model: Model
  readonly proposal: WeightsProposal
}

/**
 * Weights from elsewhere that a person is about to take: the source, and the table of what goes where. The next run has
 * them once they are confirmed.
 */
export class WeightsDraft {
  /** From where they are taken; null: nothing is being chosen. */
  kind = $state<WeightsKind | null>(null)
  /** The path that was typed. */
  typed = $state('')
  /** The run that was chosen. */
  run = $state<number | null>(null)
  /** The chosen checkpoint of it. */
  at = $state<CheckpointChoice>('last')
  looked = $state.raw<LookedWeights | null>(null)
  /** The rows of the table, as they are proposed and as a person chose them. */
  rows = $state.raw<readonly TableRow[]>([])
  copying = $state.raw<Copying | null>(null)
  reading = $state(false)
  keeping = $state(false)
  problem = $state.raw<Problem | null>(null)
  /** Whether something else than one file was given. */
  notOneFile = $state(false)
  /** Variables for which several tensors fit and none is chosen. */
  undecided = $derived(this.rows.filter(({ by }) => by === 'open').map(({ variable }) => variable))
  /** How many variables take a tensor. */
  taken = $derived(this.rows.filter(({ taken }) => taken !== null).length)
  #abort: AbortController | null = null
  /** The copy of a file that is looked at. */
  #copies: string | null = null
  /** Counts the sources that were looked at: what is known of an earlier one is dropped. */
  #epoch = 0
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #next: NextRun
  readonly #files: typeof toLab

  constructor(to: Pick<LabConnection, 'ask'> = lab, next: NextRun = nextRun, files = toLab) {
    this.#lab = to
    this.#next = next
    this.#files = files
  }

  open(kind: WeightsKind): void {
    this.#putAway()
    this.kind = kind
    this.#next.choosesWeights = true
    this.run = null
    this.typed = ''
  }

  /** Ends the choice; the next run begins as it did before. */
  close(): void {
    this.#putAway()
    this.kind = null
    this.#next.choosesWeights = false
  }

  /** Looks at the checkpoint of a run. */
  async lookAtRun(run: number, at: CheckpointChoice): Promise<void> {
    this.#putAway()
    this.run = run
    this.at = at
    await this.#look({ kind: 'run', run, at })
  }

  /** Looks at the file whose path was typed. */
  async lookAtTyped(): Promise<void> {
    const path = this.typed.trim()
    if (path === '') return
    this.#putAway()
    await this.#look({ kind: 'file', path })
  }

  drop(transfer: DataTransfer): Promise<void> {
    return this.#take(dropped(transfer, shellPlaceOf()))
  }

  choose(files: FileList): Promise<void> {
    return this.#take(chosen(files, shellPlaceOf()))
  }

  /** Looks again if the network of the next run has other variables now. */
  async follow(model: Model | null): Promise<void> {
    const { looked } = this
    if (looked === null || model === null || this.reading) return
    if (variableTexts(looked.model).join() !== variableTexts(model).join()) await this.#look(looked.source)
  }

  /** Chooses what a variable takes; null: it begins anew. */
  chooseFor(variable: string, taken: TakenTensor | null): void {
    if (this.looked !== null) this.rows = withChosen(this.looked.proposal, this.rows, variable, taken)
  }

  /** Takes what the table says; the next run begins with it. Returns whether it was taken. */
  async confirm(): Promise<boolean> {
    const { looked, rows } = this
    if (looked === null || this.keeping) return false
    const { source, model } = looked
    this.keeping = true
    this.problem = null
    const epoch = this.#epoch
    const answer = await this.#lab.ask((client) => client.weights.keep({ source, model, rows: [...rows] }))
    this.keeping = false
    // It was cancelled, or another source is looked at.
    if (epoch !== this.#epoch) return false
    if (!answer.ok) {
      this.problem = answer.problem
      return false
    }
    const { from, origin } = answer.value
    const frozen = this.#next.weights?.frozen ?? null
    this.#next.weights = { from, origin, variables: variableTexts(model), frozen }
    this.close()
    return true
  }

  #putAway(): void {
    this.#epoch += 1
    this.#abort?.abort()
    if (this.#copies !== null) void this.#files.discard(this.#copies)
    this.#copies = null
    this.looked = null
    this.rows = []
    this.problem = null
    this.notOneFile = false
    this.copying = null
    this.reading = false
  }

  async #take(given: Given | null): Promise<void> {
    if (given === null) return
    this.#putAway()
    this.notOneFile = given.folder || given.count > 1
    if (this.notOneFile) return
    const path = given.place ?? (await this.#copied(given))
    if (path !== null) await this.#look({ kind: 'file', path })
  }

  /** The path of a copy on the lab's computer; null where there is none. */
  async #copied(given: Given): Promise<string | null> {
    const epoch = this.#epoch
    const abort = new AbortController()
    this.#abort = abort
    const files = await given.files().catch((thrown: unknown) => {
      if (epoch === this.#epoch) this.problem = problemOf(thrown)
      return []
    })
    if (files.length === 0 || abort.signal.aborted) return null
    const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0)
    const began = performance.now()
    const onBytes = (doneBytes: number): void => {
      if (epoch === this.#epoch) this.copying = copyingSince(began, doneBytes, totalBytes)
    }
    onBytes(0)
    const answer = await this.#files.send({ files, signal: abort.signal, onBytes })
    if (epoch !== this.#epoch) {
      if (answer?.ok === true) void this.#files.discard(answer.value.id)
      return null
    }
    this.copying = null
    if (answer?.ok === false) this.problem = answer.problem
    if (answer?.ok !== true) return null
    this.#copies = answer.value.id
    return answer.value.path
  }

  async #look(source: WeightsSource): Promise<void> {
    const { model } = this.#next
    if (model === null) return
    this.#epoch += 1
    const epoch = this.#epoch
    this.reading = true
    this.problem = null
    const answer = await this.#lab.ask((client) => client.weights.propose({ source, model, anew: [] }))
    if (epoch !== this.#epoch) return
    this.reading = false
    this.looked = answer.ok ? { source, model, proposal: answer.value } : null
    this.rows = answer.ok ? answer.value.rows : []
    this.problem = answer.ok ? null : answer.problem
    await this.follow(this.#next.model)
  }
}

export const weightsDraft = new WeightsDraft()
