import { phrase, quoted, type Phrase } from '../../core/words/phrases.ts'
import { LabError, problem } from '../../core/words/problems.ts'
import { writeProblem } from '../files/atomicFile.ts'
import { codeOf } from '../files/errorCode.ts'
import type { Log } from '../files/log.ts'
import type { History } from '../history/history.ts'
import { EventFileWriter } from './eventFileWriter.ts'

export interface LiveEventsOptions {
  readonly history: History
  readonly log: Log
  /** Tells the windows how a run stands. */
  readonly tell: (run: number) => void
}

function whyEnded(thrown: unknown, folder: string): Phrase {
  if (thrown instanceof LabError && thrown.problem.code === 'event-folder-taken')
    return phrase('folder-of-run', { run: Number(thrown.problem.parameters['run']) })
  const isFull = writeProblem(thrown, folder).problem.code === 'disk-full'
  return isFull ? phrase('disk-is-full', {}) : quoted(codeOf(thrown) || String(thrown))
}

/**
 * Writes runs for TensorBoard while they train, those for which somebody has asked for it. What goes wrong here ends
 * the writing and never the run.
 */
export class LiveEvents {
  readonly #options: LiveEventsOptions
  readonly #writers = new Map<number, EventFileWriter>()

  constructor(options: LiveEventsOptions) {
    this.#options = options
  }

  /** A run trains from a step on. */
  async begin(run: number, step: number): Promise<void> {
    const { history } = this.#options
    const place = history.run(run).eventFolder
    if (place === null || place.problem !== null) return
    const { folder } = place
    const onFailed = (thrown: unknown): void => this.#fail(run, folder, thrown)
    try {
      // Another run may have taken it while this one lay in the bin.
      history.eventFolders.checkFree(folder, run)
      this.#writers.set(run, await EventFileWriter.open({ history, run, folder, step, onFailed }))
    } catch (thrown) {
      onFailed(thrown)
    }
  }

  /** The metrics of a run up to this step are stored. */
  stored(run: number, step: number): void {
    this.#writers.get(run)?.stored(step)
  }

  /** Resolves when what was stored before the newest step of a run is on the disk. A checkpoint waits for that. */
  async settled(run: number): Promise<void> {
    await this.#writers.get(run)?.settled()
  }

  /** A run rests: writes what is left of it. */
  async end(run: number): Promise<void> {
    const writer = this.#writers.get(run)
    this.#writers.delete(run)
    await writer?.end()
  }

  /**
   * Goes on with a run in a folder to which it was written up to a step.
   * @param training Whether it was training when that began.
   */
  async follow(run: number, folder: string, step: number, training: boolean): Promise<void> {
    const { history, tell } = this.#options
    await this.end(run)
    history.eventFolders.write(run, folder)
    if (training) await this.begin(run, step)
    // It may have come to rest meanwhile.
    if (history.run(run).state !== 'training') await this.end(run)
    tell(run)
  }

  /** Writes nothing more of a run. */
  async leave(run: number): Promise<void> {
    const { history, tell } = this.#options
    history.eventFolders.write(run, null)
    await this.end(run)
    tell(run)
  }

  #fail(run: number, folder: string, thrown: unknown): void {
    const { history, log, tell } = this.#options
    log.add(`writing run ${run} for TensorBoard`, thrown)
    const of = problem('events-ended', { folder, detail: whyEnded(thrown, folder) })
    try {
      history.eventFolders.end(run, of)
      tell(run)
    } catch (notStored) {
      log.add(`storing that run ${run} is no longer written for TensorBoard`, notStored)
    }
  }
}
