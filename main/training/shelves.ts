import { rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import type { EmptyingEvent, SpaceGiven } from '../../core/run/bin.ts'
import type { MarkChanges } from '../../core/run/marks.ts'
import type { Checkpoint } from '../../core/run/run.ts'
import { LabError, problemOf, refuse } from '../../core/words/problems.ts'
import type { EventHub } from '../events.ts'
import { writeProblem } from '../files/atomicFile.ts'
import type { Log } from '../files/log.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { History } from '../history/history.ts'
import type { Spelled } from '../history/marks.ts'
import type { BranchPoints } from './branchPoints.ts'
import { deleteCheckpointFiles } from './deleteCheckpointFiles.ts'

export interface ShelvesOptions {
  readonly home: Home
  readonly history: History
  readonly events: EventHub
  readonly log: Log
  readonly branchPoints: BranchPoints
  /** A run that is about to continue, and does not train yet. */
  readonly claimed: () => number | null
  /** Does what may take runs out of the queue; the second are those that the windows still know afterwards. */
  readonly aroundQueue: <Value>(act: () => Value, there?: readonly number[]) => Value
}

/** How many restored runs are told whole. Nobody lists more of them at once. */
const mostTold = 100

/** Marks of runs, the bin, and the space that checkpoints take. What is done is stored before it is told. */
export class Shelves {
  readonly #options: ShelvesOptions
  /** The bin is emptied by one at a time. */
  #emptying: Promise<void> = Promise.resolve()

  constructor(options: ShelvesOptions) {
    this.#options = options
  }

  /** @throws LabError as `Marks.change`; nothing is changed then. */
  mark(ids: readonly number[], asked: MarkChanges): { runs: number; spelled: readonly Spelled[] } {
    const { history, events, aroundQueue } = this.#options
    const runs = [...new Set(ids)]
    const mark = (): readonly Spelled[] => {
      const { changes, spelled } = history.marks.change(runs, asked)
      events.publish({ kind: 'marked', kept: history.keptRuns(), runs, changes })
      return spelled
    }
    return { runs: runs.length, spelled: aroundQueue(mark, runs) }
  }

  /** @throws LabError `run-unknown`, `run-trains`, `run-waits` or `run-in-bin`; none is deleted then. */
  delete(ids: readonly number[]): { runs: number } {
    const { history, events, claimed, aroundQueue } = this.#options
    const runs = [...new Set(ids)]
    const continuing = runs.find((run) => run === claimed())
    if (continuing !== undefined) refuse('run-trains', { run: continuing })
    aroundQueue(() => {
      history.bin.put(runs, new Date().toISOString())
      events.publish({ kind: 'deleted', kept: history.keptRuns(), runs })
    })
    return { runs: runs.length }
  }

  /** @throws LabError `run-unknown` or `run-not-in-bin`; none is restored then. */
  restore(ids: readonly number[]): { runs: number } {
    const runs = [...new Set(ids)]
    this.#options.history.bin.restore(runs)
    this.tellRestored(runs)
    return { runs: runs.length }
  }

  /** Tells the windows of runs that came out of the bin. */
  tellRestored(runs: readonly number[]): void {
    const { history, events } = this.#options
    const newest = [...runs].sort((one, other) => other - one).slice(0, mostTold)
    for (const run of history.someRuns(newest)) events.publish({ kind: 'run', run })
    events.publish({ kind: 'restored', kept: history.keptRuns(), runs: [...runs] })
  }

  /**
   * Deletes runs of the bin for good, those that lie there longest first. A run that cannot be deleted stays, and the
   * end says why.
   * @param ids left out: all of them
   * @param signal ends it after the run that is being deleted
   * @throws LabError `run-unknown` or `run-not-in-bin`; nothing is deleted then.
   */
  async *emptyBin(ids: readonly number[] | null, signal?: AbortSignal): AsyncGenerator<EmptyingEvent, void, undefined> {
    if (ids !== null) this.#options.history.bin.check(ids)
    const before = this.#emptying
    let finish = (): void => undefined
    this.#emptying = new Promise((resolve) => {
      finish = resolve
    })
    try {
      await before
      yield* this.#emptied(ids, signal)
    } finally {
      finish()
    }
  }

  /** Deletes for good what lies in the bin since this moment or longer, and what a crash left half-deleted. */
  async tidy(until: string, signal: AbortSignal): Promise<void> {
    const { history, log } = this.#options
    history.sweeps.erase(until)
    for (const run of history.bin.halfErased()) {
      if (signal.aborted) return
      await this.#deleteFiles(run)
        .then(() => this.#eraseRows(run))
        .catch((thrown: unknown) => log.add(`deleting run ${run} of the bin`, thrown))
    }
    await this.#options.branchPoints.deleteUnneeded()
    const old = history.bin.since(until).map(({ id }) => id)
    if (old.length === 0) return
    for await (const event of this.emptyBin(old, signal))
      if (event.kind === 'emptied')
        for (const { run, problem } of event.left) log.add(`deleting run ${run} of the bin`, new Error(problem.code))
  }

  /**
   * Deletes the checkpoints of runs but the best and the last of each.
   * @throws LabError `run-unknown` or `run-trains`; nothing is deleted then.
   */
  async giveBackSpace(ids: readonly number[]): Promise<SpaceGiven> {
    const { history, events, home, log } = this.#options
    const runs = [...new Set(ids)]
    history.space.check(runs)
    let [checkpoints, bytes] = [0, 0]
    for (const run of runs) {
      const given = history.space.giveBack(run)
      if (given.length === 0) continue
      await deleteCheckpointFiles(checkpointFolder(home, run), given, log)
      checkpoints += given.length
      bytes += bytesOf(given)
    }
    events.publish({ kind: 'spared', runs })
    return { checkpoints, bytes }
  }

  async *#emptied(
    ids: readonly number[] | null,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<EmptyingEvent, void, undefined> {
    const { history, events, branchPoints } = this.#options
    const binned = history.bin.since(new Date().toISOString()).map(({ id }) => id)
    const wanted = ids === null ? binned : binned.filter((id) => ids.includes(id))
    let [done, bytes] = [0, 0]
    const left: { run: number; problem: ReturnType<typeof problemOf> }[] = []
    for (const run of wanted) {
      if (signal?.aborted === true) break
      yield { kind: 'emptying', done: done + left.length, total: wanted.length, bytes }
      try {
        bytes += await this.#erase(run)
        done += 1
        events.publish({ kind: 'erased', runs: [run] })
      } catch (thrown) {
        left.push({ run, problem: problemOf(thrown) })
      }
    }
    await branchPoints.deleteUnneeded()
    yield { kind: 'emptied', runs: done, bytes, left }
  }

  /** The run is gone for everybody first, so that a crash on the way leaves none that only looks whole. */
  async #erase(run: number): Promise<number> {
    const { bin } = this.#options.history
    const isGone = this.#beginErasing(run)
    const bytes = await this.#deleteFiles(run).catch((thrown: unknown) => {
      if (isGone) bin.spare(run)
      throw thrown
    })
    if (!isGone) bin.beginErasing(run)
    await this.#eraseRows(run)
    return bytes
  }

  /** @returns false where the disk has no room to write it down: then the files must go first, which frees some. */
  #beginErasing(run: number): boolean {
    try {
      this.#options.history.bin.beginErasing(run)
      return true
    } catch (thrown) {
      if (thrown instanceof LabError && thrown.problem.code === 'disk-full') return false
      throw thrown
    }
  }

  /** @returns bytes of the files that are gone. */
  async #deleteFiles(run: number): Promise<number> {
    const { history, home } = this.#options
    const folder = checkpointFolder(home, run)
    const files = history.bin.files(run)
    for (const { file } of files) {
      const place = path.join(folder, file)
      await rm(place, { force: true }).catch((thrown: unknown) => {
        throw writeProblem(thrown, place)
      })
    }
    // A person's own files in it stay.
    await rmdir(folder).catch(() => undefined)
    return files.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  async #eraseRows(run: number): Promise<void> {
    const { bin } = this.#options.history
    while (bin.eraseSome(run)) await new Promise((resolve) => setImmediate(resolve))
  }
}

function bytesOf(checkpoints: readonly Checkpoint[]): number {
  return checkpoints.reduce((sum, { bytes }) => sum + bytes, 0)
}
