import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { PlannedReadings, PlanningProgress } from '../../core/reading/planning.ts'
import type { Reading } from '../../core/reading/readingPlan.ts'
import type { ReadingWishes } from '../../core/reading/readingWishes.ts'
import type { Problem } from '../../core/words/problems.ts'
import { dataPage } from './dataPage.svelte.ts'
import { ownName } from './droppedFiles.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer } from './link.ts'
import { nextRun } from './nextRun.svelte.ts'
import { ownImages } from './ownImages.ts'

/** How a set is called and read; what is left out the lab decides. */
export interface Taking {
  readonly name?: string
  readonly wishes?: ReadingWishes
}

/** A person's own images that may become a set. */
export interface PlannedFiles {
  /** Whether they were named by their path, or dropped or chosen. */
  readonly given: 'path' | 'files'
  /** Where the lab finds them. */
  readonly path: string
  /** What they are called. */
  readonly name: string
  /** Begins to import them. */
  readonly take: (as: Taking) => Promise<Answer<DatasetEntry>>
  /** Called once when they do not become a set. */
  readonly putAway: () => void
}

/** A look at a person's own images: how far it is, and then how they can be read. Nothing is taken before `take`. */
export class Planning {
  /** The path that was typed last; kept, so that it can be corrected. */
  typed = $state('')
  /** The files that are being looked at, or whose readings are shown. */
  files = $state.raw<PlannedFiles | null>(null)
  progress = $state.raw<PlanningProgress | null>(null)
  /** Null while the lab looks. */
  planned = $state.raw<PlannedReadings | null>(null)
  /** The reading that will be taken, by its place among `planned`; null while a person must choose. */
  place = $state<number | null>(null)
  /** The name of the set. */
  name = $state('')
  busy = $state(false)
  /** Why the shown reading was not taken. */
  problem = $state.raw<Problem | null>(null)
  /** Why the last files had no reading. */
  refusal = $state.raw<{ readonly given: PlannedFiles['given']; readonly problem: Problem } | null>(null)
  #abort = new AbortController()
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #taken: (entry: DatasetEntry) => void

  constructor(to: Pick<LabConnection, 'ask'> = lab, taken: (entry: DatasetEntry) => void = show) {
    this.#lab = to
    this.#taken = taken
  }

  /** The chosen reading. */
  reading = $derived<Reading | null>(
    this.planned === null || this.place === null ? null : (this.planned.readings[this.place] ?? null),
  )

  /** Whether the lab looks at files that were given in this way. */
  looksAt(given: PlannedFiles['given']): boolean {
    return this.files?.given === given && this.planned === null
  }

  /** Files that the lab finds at a path of this computer. */
  filesAt(path: string, name: string, given: PlannedFiles['given']): PlannedFiles {
    return {
      given,
      path,
      name,
      take: (as) => this.#lab.ask((client) => client.datasets.import({ dataset: ownImages, path, ...as })),
      putAway: () => undefined,
    }
  }

  /** Looks at the files at the path that was typed. */
  async lookAtTyped(): Promise<void> {
    const path = this.typed.trim()
    const name = ownName(path.split(/[\\/]/).findLast((part) => part !== '') ?? '')
    if (path !== '') await this.look(this.filesAt(path, name, 'path'))
  }

  /** Looks how files can be read, in place of any others. A packed set, which says so itself, is taken at once. */
  async look(files: PlannedFiles): Promise<void> {
    if (this.busy) return
    this.cancel()
    const abort = new AbortController()
    this.#abort = abort
    this.files = files
    this.name = files.name
    const answer = await this.#lab.ask(async (client) => {
      const events = await client.datasets.plan({ path: files.path }, { signal: abort.signal })
      for await (const event of events) {
        if (abort.signal.aborted || event.kind === 'planned' || event.kind === 'packed') return event
        this.progress = event
      }
      return null
    })
    if (abort.signal.aborted) return
    const found = answer.ok ? answer.value : null
    if (found?.kind === 'planned') {
      this.planned = found
      this.place = found.question === null ? 0 : null
    } else if (found?.kind === 'packed') {
      const problem = await this.#take(files, {})
      if (problem === null) return
      this.cancel()
      this.refusal = { given: files.given, problem }
    } else {
      this.cancel()
      if (!answer.ok) this.refusal = { given: files.given, problem: answer.problem }
    }
  }

  choose(place: number): void {
    if (!this.busy) this.place = place
  }

  /** Begins to import the chosen reading. */
  async take(): Promise<void> {
    const { files, reading } = this
    const name = this.name.trim()
    if (files === null || reading === null || name === '' || this.busy) return
    this.problem = null
    this.problem = await this.#take(files, { name, wishes: reading.wishes })
  }

  /** Stops looking, or puts the shown readings away. What is being taken is taken. */
  cancel(): void {
    if (this.busy) return
    const { files } = this
    this.#clear()
    files?.putAway()
  }

  /** Answers why files were not taken; null if they were. */
  async #take(files: PlannedFiles, as: Taking): Promise<Problem | null> {
    this.busy = true
    const answer = await files.take(as)
    this.busy = false
    if (!answer.ok) return answer.problem
    this.#clear()
    this.#taken(answer.value)
    return null
  }

  #clear(): void {
    this.#abort.abort()
    this.files = null
    this.progress = null
    this.planned = null
    this.place = null
    this.problem = null
    this.refusal = null
  }
}

/** Shows a set that is being imported. */
function show(entry: DatasetEntry): void {
  dataPage.addsOwn = false
  dataPage.importing = entry.id
  nextRun.chooseDataset(entry.id)
}

export const planning = new Planning()
