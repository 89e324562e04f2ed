import { offOf } from '../../core/expectations/judged.ts'
import { LabError, problem } from '../../core/words/problems.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { CommandContext } from './context.ts'
import { offWords } from './expectationWords.ts'
import { failureOf } from './failure.ts'
import { follow } from './follow.ts'
import { absent, duration, percent } from './format.ts'
import { TrainingReport } from './trainingReport.ts'

/**
 * Shows how a run trains until it rests. An interruption pauses it with a checkpoint.
 * @param after number of the last event before the run began
 * @throws LabError `run-held` when it was paused or stopped before its goal, or why it was interrupted or failed.
 */
export async function followTraining(context: CommandContext, run: RunSummary, after: number): Promise<void> {
  const { client, output, interruption } = context
  const report = new TrainingReport(output, {
    run: run.id,
    batch: run.config.batch,
    from: run.checkpointStep ?? 0,
    goal: run.goal,
  })
  // The run's state tells how the pause went; only a failure to pause matters here.
  const failed = new Promise<never>((_resolve, reject) => {
    const pause = (): void => {
      client.runs.pause({ run: run.id }).catch((thrown: unknown) => {
        // The run had already ended by itself.
        if (failureOf(thrown, true).code !== 'run-not-training') reject(thrown)
      })
    }
    if (interruption.happened) pause()
    else interruption.signal.addEventListener('abort', pause, { once: true })
  })
  const rested = follow(client, after, async (event) => {
    report.take(event)
    if (event.kind === 'reset') return restedOf(await client.runs.detail({ run: run.id }))
    return event.kind === 'run' && event.run.id === run.id ? restedOf(event.run) : undefined
  })
  const end = await Promise.race([rested, failed]).finally(() => report.end())
  const failure = tellEnd(context, end)
  if (failure !== null) throw failure
}

function restedOf(run: RunSummary): RunSummary | undefined {
  return run.state === 'training' ? undefined : run
}

/** Tells how a run ended. Returns the problem to report if it has not reached its goal, otherwise null. */
export function tellEnd({ output }: CommandContext, run: RunSummary): LabError | null {
  if (run.state !== 'done') {
    output.tell({ event: run.state, run: run.id, step: run.step, checkpoint: run.checkpointStep, problem: run.problem })
    return new LabError(run.problem ?? problem('run-held', { run: run.id, step: run.step }))
  }
  const expected = run.expectation?.accuracy ?? null
  const off = offOf(run)
  const result = {
    event: 'done',
    run: run.id,
    step: run.step,
    testAccuracy: run.last?.accuracy ?? null,
    testLoss: run.last?.loss ?? null,
    ...(expected === null ? {} : { expectedAccuracy: expected }),
    flips: run.config.evaluation.flips,
    seconds: run.trainingSeconds,
    imagesPerSecond: run.imagesPerSecond,
  }
  const accuracy =
    run.last === null
      ? absent
      : `${percent(run.last.accuracy)}${run.config.evaluation.flips ? ' with mirror images' : ''}`
  const rate = run.imagesPerSecond === null ? '' : `, ${Math.round(run.imagesPerSecond)} images/s`
  const early = run.step < run.goal ? `, after ${run.evaluationsSinceBest} evaluations without a better one` : ''
  output.tell(
    result,
    `Run ${run.id} is done at step ${run.step}${early}: test accuracy ${accuracy}, ${duration(run.trainingSeconds)} of training${rate}.${off === null ? '' : ` That is ${offWords(off)}.`}`,
  )
  return null
}
