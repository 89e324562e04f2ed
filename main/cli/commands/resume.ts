import { sentenceOf } from '../../../core/problems.ts'
import type { CommandContext } from '../context.ts'
import { followTraining } from '../followTraining.ts'

/**
 * `lab resume RUN`: continues from the newest checkpoint, to a higher total if one is given, and stays until the run
 * rests.
 */
export async function resume(context: CommandContext, id: number, goal: number | undefined): Promise<void> {
  const { client, output } = context
  const { sequence } = await client.lab.status()
  const run = await client.runs.resume({ run: id, goal })
  const note = run.problem === null ? [] : [sentenceOf(run.problem, 'en')]
  const told = {
    event: 'resumed',
    run: run.id,
    step: run.step,
    ...(run.problem === null ? {} : { problem: run.problem }),
  }
  output.tell(told, [...note, `Run ${run.id} continues from step ${run.step} to ${run.goal}.`].join('\n'))
  await followTraining(context, run, sequence)
}
