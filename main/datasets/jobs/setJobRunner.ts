import type { DatasetProgress } from '../../../core/data/dataset.ts'
import { LabError, problem, problemOf } from '../../../core/words/problems.ts'
import type { JobContext } from './buildSet.ts'
import { JobProgress } from './jobProgress.ts'
import type { StoredSet } from '../store/storedSet.ts'

/** Shortest time between two reports of progress, in milliseconds. */
const reportEvery = 200

/** Runs jobs on sets and reports their progress and end. Jobs on one set run one after another. */
export class SetJobRunner {
  readonly #changed: (set: StoredSet) => void

  /**
   * @param changed called on every change of a set's entry; for progress at most five times a second.
   */
  constructor(changed: (set: StoredSet) => void) {
    this.#changed = changed
  }

  /** Starts a job in the background. If it fails, the entry's `problem` says why. */
  start(
    set: StoredSet,
    stage: 'connecting' | 'reading' | 'preparing',
    job: (context: JobContext) => Promise<void>,
  ): void {
    set.problem = null
    const cancelled =
      stage === 'connecting'
        ? new LabError(problem('download-cancelled', { dataset: set.definition.card.name }))
        : cancelledWork(set)
    const told = async (context: JobContext): Promise<void> => {
      try {
        await job(context)
        set.problem = null
      } catch (thrown) {
        set.problem = problemOf(thrown)
      }
    }
    void this.#add(set, this.#withProgress(set, stage, told), cancelled)
  }

  /**
   * Runs a job for a caller who waits for its result.
   * @throws what the job throws; LabError `work-cancelled`.
   */
  run<Result>(
    set: StoredSet,
    stage: 'preparing' | 'packing',
    job: (context: JobContext) => Promise<Result>,
  ): Promise<Result> {
    return this.#add(set, this.#withProgress(set, stage, job), cancelledWork(set))
  }

  /**
   * As `run`, for work without progress that cannot be cancelled once it has begun.
   * @throws what the work throws.
   */
  runWithoutProgress(set: StoredSet, work: () => Promise<void>): Promise<void> {
    return this.#add(set, work, cancelledWork(set))
  }

  #add<Result>(set: StoredSet, work: (signal: AbortSignal) => Promise<Result>, cancelled: LabError): Promise<Result> {
    const ended = (): void => {
      set.refresh()
      this.#changed(set)
    }
    return set.jobs.add({ work, cancelled, ended })
  }

  #withProgress<Result>(
    set: StoredSet,
    stage: DatasetProgress['stage'],
    job: (context: JobContext) => Promise<Result>,
  ): (signal: AbortSignal) => Promise<Result> {
    let reported = -Infinity
    const progress = new JobProgress((now) => {
      const turn = now.stage !== set.progress?.stage || now.pause !== undefined
      set.progress = now
      if (!turn && performance.now() - reported < reportEvery) return
      reported = performance.now()
      this.#changed(set)
    })
    return async (signal) => {
      progress.begin(stage)
      try {
        return await job({ signal, progress })
      } finally {
        set.progress = null
      }
    }
  }
}

function cancelledWork({ definition: { card } }: StoredSet): LabError {
  return new LabError(problem('work-cancelled', { dataset: card.name }))
}
