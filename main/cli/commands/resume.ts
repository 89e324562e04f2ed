import { checkChoices } from '../../../core/run/choices.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { followTraining } from '../followTraining.ts'
import { number } from '../optionKinds.ts'

export const resumeCommand = defineCommand({
  name: 'resume',
  summary: 'Continue a run from its newest checkpoint',
  arguments: { run: runNumber },
  options: { steps: number('N', 'Total number of steps to reach') },
  endsItself: true,
  read: ({ run }, { steps: goal }) => {
    checkChoices({ goal }, Infinity)
    return { run, goal }
  },
  run: async (context, { run: id, goal }) => {
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
  },
})
