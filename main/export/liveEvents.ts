import path from 'node:path'
import { cardName, modelCard } from '../../core/export/modelCard.ts'
import { phrase, quoted, type Phrase } from '../../core/words/phrases.ts'
import { LabError, problem } from '../../core/words/problems.ts'
import { writeFileAtomically, writeProblem } from '../files/atomicFile.ts'
import { codeOf } from '../files/errorCode.ts'
import type { Log } from '../files/log.ts'
import { type CardSources, cardSubject } from './cardSubject.ts'
import { EventFileWriter } from './eventFileWriter.ts'

export interface LiveEventsOptions extends CardSources {
  readonly log: Log
  /** Tells the windows how a run stands. */
  readonly tell: (run: number) => void
}

const utf8 = new TextEncoder()

/** A run that is written now. */
interface Written {
  readonly folder: string
  readonly file: EventFileWriter
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
  readonly #written = new Map<number, Written>()

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
      this.#written.set(run, { folder, file: await EventFileWriter.open({ history, run, folder, step, onFailed }) })
      await this.#writeCard(run, folder)
    } catch (thrown) {
      onFailed(thrown)
    }
  }

  /** The metrics of a run up to this step are stored. */
  stored(run: number, step: number): void {
    this.#written.get(run)?.file.stored(step)
  }

  /** Resolves when what was stored before the newest step of a run is on the disk. A checkpoint waits for that. */
  async settled(run: number): Promise<void> {
    await this.#written.get(run)?.file.settled()
  }

  /** A run rests: writes what is left of it, and its model card anew. */
  async end(run: number): Promise<void> {
    const written = this.#written.get(run)
    if (written === undefined) return
    this.#written.delete(run)
    await written.file.end()
    await this.#writeCard(run, written.folder)
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

  /** The model card of a run as it stands now. One that cannot be written keeps nothing else from being written. */
  async #writeCard(run: number, folder: string): Promise<void> {
    const { history, log } = this.#options
    try {
      const summary = history.run(run)
      const card = modelCard(cardSubject(this.#options, summary, summary.step, 'tensorboard', 'uint8'))
      await writeFileAtomically(path.join(folder, cardName), [utf8.encode(card)])
    } catch (thrown) {
      log.add(`writing the model card of run ${run}`, thrown)
    }
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
