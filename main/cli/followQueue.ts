import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import { queueOf } from '../../core/run/queue.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { CommandContext } from './context.ts'
import { follow } from './follow.ts'
import { tellEnd } from './followTraining.ts'
import { TrainingReport } from './trainingReport.ts'

/** Reports the queue from the lab's events: which run trains, which ones wait, and how each ended. */
class QueueReport {
  readonly #context: CommandContext
  #training: { readonly run: number; readonly report: TrainingReport } | null = null
  #queued = new Map<number, RunSummary>()
  #held = false
  #ended = 0
  #failures: LabError[] = []

  constructor(context: CommandContext) {
    this.#context = context
  }

  /** Whether nothing trains and nothing is about to start. */
  get settled(): boolean {
    return this.#training === null && (this.#held || this.#queued.size === 0)
  }

  /** Reads the present state of the lab. */
  async read(): Promise<void> {
    const { client } = this.#context
    this.#held = (await client.lab.status()).queue.held !== null
    const { runs } = await client.runs.list()
    for (const run of runs) if (run.state === 'training' || run.id === this.#training?.run) this.#takeRun(run)
    this.#queued = new Map(queueOf(runs).map((run) => [run.id, run]))
  }

  take(event: LabEvent): void {
    this.#training?.report.take(event)
    if (event.kind === 'queue') this.#held = event.queue.held !== null
    if (event.kind === 'cancelled') this.#queued.delete(event.run)
    if (event.kind === 'run') this.#takeRun(event.run)
  }

  /** Removes the progress line. */
  end(): void {
    this.#training?.report.end()
  }

  /** @throws LabError if runs did not reach their end: the reason of a single run, otherwise how many there are. */
  check(): void {
    if (this.#failures.length === 1 && this.#ended === 1) throw this.#failures[0]
    if (this.#failures.length > 0) refuse('queue-with-problems', { count: this.#failures.length, total: this.#ended })
  }

  #takeRun(run: RunSummary): void {
    // Of a run that trains already this is older than what was read: a run that has ended is told before it waits again.
    if (run.queuePosition !== null) {
      this.#queued.set(run.id, run)
      return
    }
    const trained = this.#training?.run === run.id
    const waited = this.#queued.get(run.id)
    this.#queued.delete(run.id)
    if (run.state === 'training') {
      if (!trained) this.#begin(run)
    } else if (waited !== undefined && waited.continuation !== null) {
      this.#notContinued(waited, run)
    } else if (waited !== undefined || trained) {
      this.#rest(run)
    }
  }

  #begin({ id, config, checkpointStep, goal, step }: RunSummary): void {
    const { output } = this.#context
    this.#training = {
      run: id,
      report: new TrainingReport(output, { run: id, batch: config.batch, from: checkpointStep ?? 0, goal }),
    }
    output.tell(
      { event: 'started', run: id },
      `Run ${id} ${step === 0 ? `trains: ${goal} steps` : `continues from step ${step} to ${goal}`}, batch ${config.batch}, learning rate ${config.schedule.learningRate}.`,
    )
  }

  #rest(run: RunSummary): void {
    this.#training?.report.end()
    this.#training = null
    this.#ended += 1
    const failure = tellEnd(this.#context, run)
    if (failure !== null) this.#fail(run, failure)
  }

  /** A run that was to be continued left the queue: a person has taken it out, or there is a new problem. */
  #notContinued(before: RunSummary, { id, step, problem }: RunSummary): void {
    if (problem === null || canonicalJson(problem) === canonicalJson(before.problem)) return
    this.#ended += 1
    this.#context.output.tell({ event: 'not-continued', run: id, step, problem })
    this.#fail(before, new LabError(problem))
  }

  #fail(run: RunSummary, failure: LabError): void {
    this.#failures.push(failure)
    if (!this.#context.output.json) this.#context.output.tell({}, `Run ${run.id}: ${failure.message}`)
  }
}

/**
 * Shows the runs of the queue, one after another, until it is empty or held.
 * @param after number of the last event before the queue went on
 * @throws LabError if runs did not reach their end, or `interrupted`.
 */
export async function followQueue(context: CommandContext, after: number): Promise<void> {
  const report = new QueueReport(context)
  await report.read()
  const settled = async (): Promise<void> => {
    if (report.settled) return
    await follow(context.client, after, async (event) => {
      if (event.kind === 'reset') await report.read()
      else report.take(event)
      return report.settled || undefined
    })
  }
  // Closing the lab pauses the run that trains, with a checkpoint.
  await Promise.race([settled(), context.interruption.rejected()]).finally(() => report.end())
  report.check()
}
