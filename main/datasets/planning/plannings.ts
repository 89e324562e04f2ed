import { phrase } from '../../../core/words/phrases.ts'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { PlannedReadings, PlanningEvent, PlanningProgress, PlanningStage } from '../../../core/reading/planning.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { LabError, problem, refuse } from '../../../core/words/problems.ts'
import { temporaryBeside } from '../../files/atomicFile.ts'
import { SourceError } from '../definition.ts'
import { packHeaderOf, withPictures } from '../jobs/importSet.ts'
import { Latest } from '../jobs/jobProgress.ts'
import { TransferRate } from '../jobs/transferRate.ts'
import { ownImages } from '../sets/ownImages.ts'
import { runTask } from '../worker/runTask.ts'
import { givenPath } from '../../files/givenPath.ts'

/** The plannings of how a person's images can be read. They are no jobs of a set, because there is none yet. */
export class Plannings {
  readonly #folder: string
  readonly #running = new Map<AbortController, Promise<unknown>>()

  /** @param folder of all sets. Temporary files are put into it. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * Plans a reading; ends with `planned` or `packed`.
   * @param given a folder, an archive, or a table beside its pictures.
   * @param signal Cancels it, and so does who stops listening.
   * @throws LabError `import-failed`, or why no images can be read; the signal's reason when aborted.
   */
  async *plan(given: string, wishes: ReadingWishes, signal?: AbortSignal): AsyncGenerator<PlanningEvent> {
    signal?.throwIfAborted()
    const file = givenPath(given)
    const pack = await packHeaderOf(file, ownImages.card.name)
    if (pack !== null) {
      yield { kind: 'packed', name: pack.name }
      return
    }
    const abort = new AbortController()
    const stop = (): void => abort.abort(signal?.reason)
    signal?.addEventListener('abort', stop, { once: true })
    const latest = new Latest<PlanningEvent>()
    const rate = new PlanningRate((told) => latest.note({ kind: 'progress', ...told }))
    const work = this.#work(file, wishes, abort.signal, rate)
    const ended = work.catch(() => undefined).finally(() => this.#running.delete(abort))
    this.#running.set(abort, ended)
    try {
      yield* latest.until(work)
    } finally {
      signal?.removeEventListener('abort', stop)
      abort.abort(new LabError(problem('interrupted', {})))
      await ended
    }
  }

  /** Cancels all plannings and waits until nothing of them is left. */
  async close(because: Error): Promise<void> {
    for (const abort of this.#running.keys()) abort.abort(because)
    await Promise.all(this.#running.values())
  }

  async #work(
    file: string,
    wishes: ReadingWishes,
    signal: AbortSignal,
    rate: PlanningRate,
  ): Promise<{ readonly kind: 'planned' } & PlannedReadings> {
    // It is made when an archive in an archive must be unpacked.
    const temporary = temporaryBeside(path.join(this.#folder, 'plan'))
    try {
      const originals = { paths: [await withPictures(ownImages, file)], temporary }
      const planned = await runTask(
        'planImages',
        { originals, wishes },
        { signal, onProgress: (stage, done, total) => rate.note(stage, done, total) },
      )
      return { kind: 'planned', ...planned }
    } catch (thrown) {
      signal.throwIfAborted()
      if (!(thrown instanceof SourceError)) throw thrown
      return refuse(
        'import-failed',
        { path: file, dataset: phrase('own-set', {}), detail: thrown.said },
        { cause: thrown },
      )
    } finally {
      await rm(temporary, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** Turns what is done of a planning into progress with a rate and the time left. */
class PlanningRate {
  readonly #tell: (progress: PlanningProgress) => void
  #rate = new TransferRate()
  #stage: PlanningStage | null = null

  constructor(tell: (progress: PlanningProgress) => void) {
    this.#tell = tell
  }

  note(stage: PlanningStage, done: number, all: number): void {
    if (stage !== this.#stage) this.#rate = new TransferRate()
    this.#stage = stage
    const total = Number.isFinite(all) ? all : null
    const perSecond = this.#rate.note(performance.now(), done)
    const secondsLeft = total === null || perSecond === null || perSecond === 0 ? null : (total - done) / perSecond
    this.#tell({ stage, done, total, perSecond, secondsLeft })
  }
}
