import { checkChoices } from '../../../core/run/choices.ts'
import { heldRate } from '../../../core/run/schedule.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { addContinuation } from '../addToQueue.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { followTraining } from '../followTraining.ts'
import { flag, number } from '../optionKinds.ts'
import { healthEvery } from '../sharedOptions.ts'

/** A learning rate with the digits that matter. */
function shortened(rate: number): string {
  return String(Number(rate.toPrecision(3)))
}

export const resumeCommand = defineCommand({
  name: 'resume',
  summary: 'Continue a run from its newest checkpoint',
  arguments: { run: runNumber },
  options: {
    steps: number('N', 'Total number of steps to reach'),
    'health-every': healthEvery,
    queue: flag('Put the run into the queue; an open Conv Lab continues it in its turn'),
  },
  endsItself: true,
  read: ({ run }, { steps: goal, 'health-every': healthEvery, queue }) => {
    checkChoices({ goal, healthEvery }, Infinity)
    return { run, goal, healthEvery, queue }
  },
  run: async (context, { run: id, goal, healthEvery, queue }) => {
    const { client, output } = context
    if (queue) return addContinuation(context, { run: id, goal, healthEvery })
    const { sequence } = await client.lab.status()
    const run = await client.runs.resume({ run: id, goal, healthEvery })
    const held = heldRate(run.config.schedule, run.goal)
    const told = {
      event: 'resumed',
      run: run.id,
      step: run.step,
      ...(held === null ? {} : { heldRate: held }),
      ...(run.problem === null ? {} : { problem: run.problem }),
    }
    const words = [
      ...(run.problem === null ? [] : [sentenceOf(run.problem, 'en')]),
      `Run ${run.id} continues from step ${run.step} to ${run.goal}.`,
      ...(held === null
        ? []
        : [
            `Its schedule ends at step ${held.from}; past it the learning rate stays at ${shortened(held.learningRate)}. A run keeps its schedule: for one of ${run.goal} steps, begin a new run with “lab train ... --steps ${run.goal}”.`,
          ]),
    ]
    output.tell(told, words.join('\n'))
    await followTraining(context, run, sequence)
  },
})
