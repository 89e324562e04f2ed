import { checkChoices } from '../../../core/run/choices.ts'
import { withSeed } from '../../../core/run/repeats.ts'
import { refuse } from '../../../core/words/problems.ts'
import { runNumber } from '../argumentKinds.ts'
import { beginRun } from '../beginRun.ts'
import { defineCommand } from '../command.ts'
import { flag, number } from '../optionKinds.ts'
import { seeds } from '../sharedOptions.ts'

const name = 'again'

export const againCommand = defineCommand({
  name,
  summary: 'Train again with all settings of a run, network and data included',
  arguments: { run: runNumber },
  options: {
    seed: number('N', 'With another seed'),
    seeds,
    queue: flag('Add the run to the queue; an open Conv Lab trains it in its turn'),
  },
  endsItself: true,
  read: ({ run }, { seed, seeds, queue }) => {
    checkChoices({ seed }, Infinity)
    if (seed !== undefined && seeds !== undefined)
      refuse('arguments-wrong', { command: name, detail: '--seed and --seeds are two answers to one question' })
    return { run, seed, seeds, queue }
  },
  /** Starts the run and stays until it rests, or adds it or its repeats to the queue. */
  run: async (context, { run: id, seed, seeds, queue }) => {
    const before = await context.client.runs.request({ run: id })
    const request = seed === undefined ? before : withSeed(before, seed)
    await beginRun(context, request, { seeds, queue }, (run) => [
      { again: id, seed: run.config.seed },
      `Run ${run.id} has the settings of run ${id}: ${run.goal} steps, seed ${run.config.seed}.`,
    ])
  },
})
