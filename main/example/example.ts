import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ExampleState } from '../../core/contract/exampleContract.ts'
import { exampleDataset } from '../../core/example/exampleRequests.ts'
import { exampleWords } from '../../core/example/exampleWords.ts'
import type { RecordedRun } from '../../core/example/recordedRun.ts'
import type { Language } from '../../core/words/language.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { EventHub } from '../events.ts'
import { writeFileAtomically, writeProblem } from '../files/atomicFile.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { History } from '../history/history.ts'
import type { Shelves } from '../training/shelves.ts'
import { exampleFolder, readExample, recordedCheckpoints } from './exampleFiles.ts'

export interface ExampleOptions {
  readonly home: Home
  readonly history: History
  readonly events: EventHub
  readonly datasets: DatasetStore
  readonly shelves: Pick<Shelves, 'delete'>
}

/** The small trained example that comes with Conv Lab: takes it into the home folder, and out again. */
export class Example {
  readonly #options: ExampleOptions
  readonly #folder: string
  /** One after another: what is asked twice is done once. */
  #work: Promise<unknown> = Promise.resolve()

  /** @param folder where the example lies; by default as it comes with the program */
  constructor(options: ExampleOptions, folder: string = exampleFolder) {
    this.#options = options
    this.#folder = folder
  }

  state(): ExampleState {
    return { runs: this.#options.history.example.present() }
  }

  /**
   * Draws its data set and adds its runs, unless they are there. Its runs get numbers of their own; nothing that is
   * there changes.
   * @param language in which they are named
   * @throws LabError `example-damaged`, `example-outdated`, those of drawing the set, `disk-full` or `write-failed`; no run
   *   is added then.
   */
  takeIn(language: Language): Promise<ExampleState> {
    return this.#inTurn(async () => {
      if (this.state().runs.length === 0) await this.#add(language)
      return this.state()
    })
  }

  /**
   * Puts its runs into the bin, and deletes its data set unless a person's own run was trained on it.
   * @throws LabError `run-trains` or `run-waits`; nothing is changed then.
   */
  remove(): Promise<ExampleState> {
    return this.#inTurn(async () => {
      const { history, datasets, shelves } = this.#options
      const { runs } = this.state()
      if (runs.length === 0) return { runs }
      shelves.delete(runs)
      const drawn = datasets.entry(exampleDataset).state === 'ready'
      if (drawn && history.example.ownRunsOn(exampleDataset) === 0) await datasets.remove(exampleDataset)
      return this.state()
    })
  }

  #inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    const done = this.#work.then(action)
    // Whoever asked hears why it failed; the next one begins all the same.
    this.#work = done.catch(() => undefined)
    return done
  }

  async #add(language: Language): Promise<void> {
    const { home, history, events } = this.#options
    const { runs } = await readExample(this.#folder)
    await this.#drawData(runs)
    const words = exampleWords[language]
    const numbers = history.example.reserve(runs.length)
    const numbered = runs.map((recorded, place) => ({
      id: numbers[place],
      ...words.runs[recorded.key],
      tag: words.tag,
      recorded,
    }))
    try {
      // A file without a row does not count, and a crash leaves nothing else.
      for (const { id, recorded } of numbered) await this.#copyCheckpoints(recorded, checkpointFolder(home, id))
      history.example.add(numbered)
    } catch (thrown) {
      for (const { id } of numbered) await rm(checkpointFolder(home, id), { recursive: true, force: true })
      throw thrown
    }
    for (const { id } of numbered) events.publish({ kind: 'run', run: history.run(id) })
  }

  /** @throws LabError why the set could not be drawn, or `example-outdated` where it is not the one of the runs. */
  async #drawData(runs: readonly RecordedRun[]): Promise<void> {
    const { datasets } = this.#options
    datasets.get(exampleDataset)
    const { prepared, problem } = await datasets.whenSettled(exampleDataset)
    if (problem !== null) throw new LabError(problem)
    if (runs.some(({ request }) => request.config.data.sha256 !== prepared?.sha256)) refuse('example-outdated', {})
  }

  async #copyCheckpoints({ key, checkpoints }: RecordedRun, into: string): Promise<void> {
    await mkdir(into, { recursive: true }).catch((thrown: unknown) => {
      throw writeProblem(thrown, into)
    })
    for (const { file, sha256 } of checkpoints) {
      const from = path.join(recordedCheckpoints(this.#folder, key), path.basename(file))
      const bytes = await readFile(from).catch((thrown: unknown) =>
        refuse('example-damaged', { file: from }, { cause: thrown }),
      )
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) refuse('example-damaged', { file: from })
      await writeFileAtomically(path.join(into, path.basename(file)), [bytes])
    }
  }
}
