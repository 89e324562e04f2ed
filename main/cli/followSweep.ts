import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { SweepState } from '../../core/sweep/sweep.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { follow } from './follow.ts'
import { percent } from './format.ts'
import { sweepJson, sweepWords } from './sweepWords.ts'
import { TrainingReport } from './trainingReport.ts'

/**
 * Shows the runs of a sweep, one after another, until it has ended or waits for a person.
 * @param after Number of the last event before it went on.
 * @throws LabError `sweep-waits` where it waits, or `interrupted`; closing the lab then pauses its run.
 */
export async function followSweep(context: CommandContext, id: number, after: number): Promise<void> {
  const { client, output, interruption } = context
  let training: { readonly run: number; readonly report: TrainingReport } | null = null
  const take = (event: LabEvent): void => {
    training?.report.take(event)
    if (event.kind !== 'run' || event.run.sweep !== id) return
    const { run } = event
    if (run.state === 'training' && training?.run !== run.id) {
      const from = run.checkpointStep ?? 0
      training = {
        run: run.id,
        report: new TrainingReport(output, { run: run.id, batch: run.config.batch, from, goal: run.goal }),
      }
      output.tell(
        { event: 'started', run: run.id, sweep: id, goal: run.goal },
        `Run ${run.id} trains to step ${run.goal}.`,
      )
    } else if (run.state !== 'training' && training?.run === run.id) {
      training.report.end()
      training = null
      const accuracy = run.last === null ? '' : `: test accuracy ${percent(run.last.accuracy)}`
      output.tell(
        {
          event: run.state,
          run: run.id,
          sweep: id,
          step: run.step,
          testAccuracy: run.last?.accuracy ?? null,
          problem: run.problem,
        },
        `Run ${run.id} ${run.state} at step ${run.step}${accuracy}.`,
      )
    }
  }
  const rested = async (): Promise<SweepState> => {
    const { sweep } = await client.sweeps.show({ sweep: id })
    if (sweep.state !== 'active') return sweep.state
    return follow(client, after, async (event) => {
      if (event.kind === 'reset') {
        const { sweep: now } = await client.sweeps.show({ sweep: id })
        return now.state === 'active' ? undefined : now.state
      }
      take(event)
      // The run that trained ends after its sweep was told to wait; it is told first.
      return event.kind === 'sweep' && event.sweep.id === id && event.sweep.state !== 'active' && training === null
        ? event.sweep.state
        : undefined
    })
  }
  const state = await Promise.race([rested(), interruption.rejected()]).finally(() => training?.report.end())
  const detail = await client.sweeps.show({ sweep: id })
  output.tell(sweepJson(detail), sweepWords(detail))
  if (state === 'paused') refuse('sweep-waits', { sweep: id })
}
