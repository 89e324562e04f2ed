import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { SweepState, SweepSummary } from '../../core/sweep/sweep.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { refuse, sentenceOf } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { follow } from './follow.ts'
import { percent } from './format.ts'
import type { Output } from './output.ts'
import { sweepJson, sweepWords } from './sweepWords.ts'
import { TrainingReport } from './trainingReport.ts'

/** The runs of a sweep that train, as they are shown. */
class ShownRuns {
  readonly #output: Output
  readonly #sweep: SweepSummary
  /** By number. On a cluster many train at once, and none has a report of its steps. */
  readonly #training = new Map<number, TrainingReport | null>()
  #trouble: string | null = null

  constructor(output: Output, sweep: SweepSummary) {
    this.#output = output
    this.#sweep = sweep
  }

  get areAtRest(): boolean {
    return this.#training.size === 0
  }

  take(event: LabEvent): void {
    for (const report of this.#training.values()) report?.take(event)
    if (event.kind === 'sweep' && event.sweep.id === this.#sweep.id) this.#takeTrouble(event.sweep)
    if (event.kind !== 'run' || event.run.sweep !== this.#sweep.id) return
    const { run } = event
    if (run.state === 'training' && !this.#training.has(run.id)) this.#begun(run)
    else if (run.state !== 'training' && this.#training.has(run.id)) this.#rests(run)
  }

  end(): void {
    for (const report of this.#training.values()) report?.end()
  }

  /** Tells once what stands in the way of a sweep that is under way. */
  #takeTrouble({ state, problem }: SweepSummary): void {
    if (problem !== null && state === 'active' && problem.code !== this.#trouble)
      this.#output.tell({ event: 'waiting', sweep: this.#sweep.id, problem }, sentenceOf(problem, 'en'))
    this.#trouble = problem?.code ?? null
  }

  #begun(run: RunSummary): void {
    const { id, goal } = run
    const from = run.checkpointStep ?? 0
    const report =
      this.#sweep.cluster === null
        ? new TrainingReport(this.#output, { run: id, batch: run.config.batch, from, goal })
        : null
    this.#training.set(id, report)
    this.#output.tell({ event: 'started', run: id, sweep: this.#sweep.id, goal }, `Run ${id} trains to step ${goal}.`)
  }

  #rests(run: RunSummary): void {
    this.#training.get(run.id)?.end()
    this.#training.delete(run.id)
    const accuracy = run.last === null ? '' : `: test accuracy ${percent(run.last.accuracy)}`
    const why = run.problem === null ? '' : ` ${sentenceOf(run.problem, 'en')}`
    this.#output.tell(
      {
        event: run.state,
        run: run.id,
        sweep: this.#sweep.id,
        step: run.step,
        testAccuracy: run.last?.accuracy ?? null,
        problem: run.problem,
      },
      `Run ${run.id} ${run.state} at step ${run.step}${accuracy}.${this.#sweep.cluster === null ? '' : why}`,
    )
  }
}

/**
 * Shows the runs of a sweep, as they train and end, until it has ended or waits for a person.
 * @param after Number of the last event before it went on.
 * @throws LabError `sweep-waits` where it waits, or `interrupted`; closing the lab then pauses its run, but none on a
 *   cluster.
 */
export async function followSweep(context: CommandContext, id: number, after: number): Promise<void> {
  const { client, output, interruption } = context
  const { sweep } = await client.sweeps.show({ sweep: id })
  const shown = new ShownRuns(output, sweep)
  const rested = async (): Promise<SweepState> => {
    if (sweep.state !== 'active') return sweep.state
    return follow(client, after, async (event) => {
      if (event.kind === 'reset') {
        const { sweep: now } = await client.sweeps.show({ sweep: id })
        return now.state === 'active' ? undefined : now.state
      }
      shown.take(event)
      // The run that trained ends after its sweep was told to wait; it is told first.
      return event.kind === 'sweep' && event.sweep.id === id && event.sweep.state !== 'active' && shown.areAtRest
        ? event.sweep.state
        : undefined
    })
  }
  const state = await Promise.race([rested(), interruption.rejected()]).finally(() => shown.end())
  const detail = await client.sweeps.show({ sweep: id })
  output.tell(sweepJson(detail), sweepWords(detail))
  if (state === 'paused') refuse('sweep-waits', { sweep: id })
}
