import type { DatasetProgress } from '../../../core/dataset.ts'
import { LabError, problem, problemOf } from '../../../core/problems.ts'
import type { JobTools } from './buildSet.ts'
import { JobProgress } from './jobProgress.ts'
import type { Slot } from '../store/storedSet.ts'

/** Shortest time between two reports of progress, in milliseconds. */
const reportEvery = 200

/** Runs the jobs with sets, those with one set one after another, and tells of their progress and end. */
export class SetJobs {
  readonly #changed: (slot: Slot) => void

  /** @param changed told every change of a set's entry; progress at most five times a second. */
  constructor(changed: (slot: Slot) => void) {
    this.#changed = changed
  }

  /** Begins a job whose end the entry tells: its failure is the entry's problem. */
  begin(slot: Slot, stage: 'connecting' | 'reading' | 'preparing', job: (tools: JobTools) => Promise<void>): void {
    slot.problem = null
    const cancelled =
      stage === 'connecting'
        ? new LabError(problem('download-cancelled', { dataset: slot.definition.card.name }))
        : cancelledWork(slot)
    const told = async (tools: JobTools): Promise<void> => {
      try {
        await job(tools)
        slot.problem = null
      } catch (thrown) {
        slot.problem = problemOf(thrown)
      }
    }
    void this.#add(slot, this.#withProgress(slot, stage, told), cancelled)
  }

  /**
   * A job whose end the one hears who waits for it.
   * @throws what the job throws; LabError `work-cancelled`.
   */
  during<Result>(
    slot: Slot,
    stage: 'preparing' | 'packing',
    job: (tools: JobTools) => Promise<Result>,
  ): Promise<Result> {
    return this.#add(slot, this.#withProgress(slot, stage, job), cancelledWork(slot))
  }

  /**
   * As `during`, of what has no progress to tell and cannot be cancelled once it has begun.
   * @throws what the work throws.
   */
  atOnce(slot: Slot, work: () => Promise<void>): Promise<void> {
    return this.#add(slot, work, cancelledWork(slot))
  }

  #add<Result>(slot: Slot, work: (signal: AbortSignal) => Promise<Result>, cancelled: LabError): Promise<Result> {
    const ended = (): void => {
      slot.look()
      this.#changed(slot)
    }
    return slot.jobs.add({ work, cancelled, ended })
  }

  #withProgress<Result>(
    slot: Slot,
    stage: DatasetProgress['stage'],
    job: (tools: JobTools) => Promise<Result>,
  ): (signal: AbortSignal) => Promise<Result> {
    let reported = -Infinity
    const progress = new JobProgress((now) => {
      const turn = now.stage !== slot.progress?.stage || now.pause !== undefined
      slot.progress = now
      if (!turn && performance.now() - reported < reportEvery) return
      reported = performance.now()
      this.#changed(slot)
    })
    return async (signal) => {
      progress.begin(stage)
      try {
        return await job({ signal, progress })
      } finally {
        slot.progress = null
      }
    }
  }
}

function cancelledWork({ definition: { card } }: Slot): LabError {
  return new LabError(problem('work-cancelled', { dataset: card.name }))
}
