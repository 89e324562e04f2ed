import { checkChoices } from '../../../core/run/choices.ts'
import { isBranchPoint } from '../../../core/run/branchPoint.ts'
import type { RequestChanges } from '../../../core/run/changedRequest.ts'
import { optimizerKinds } from '../../../core/run/optimizerChoices.ts'
import { scheduleKinds } from '../../../core/run/scheduleChoices.ts'
import { runNumber } from '../argumentKinds.ts'
import { beginRun } from '../beginRun.ts'
import { defineCommand } from '../command.ts'
import { eitherOf } from '../format.ts'
import { flag, layerNames, needed, number, oneOf } from '../optionKinds.ts'
import { checkpointIfNamed } from '../sharedOptions.ts'

export const branchCommand = defineCommand({
  name: 'branch',
  summary: 'Train a new run that begins with the weights of a checkpoint',
  arguments: { run: runNumber },
  options: {
    at: needed(checkpointIfNamed('Checkpoint to begin with (needed): a step, best or last')),
    rate: number('RATE', 'Learning rate, for example 1e-3'),
    steps: number('N', 'Number of steps of the branch; as many as the run had left otherwise'),
    batch: number('N', 'Images a step'),
    optimizer: oneOf('NAME', eitherOf(optimizerKinds), optimizerKinds),
    schedule: oneOf('NAME', `${eitherOf(scheduleKinds)}, as long as the branch`, scheduleKinds),
    seed: number('N', 'Seed of all random numbers'),
    patience: number('N', 'End after N evaluations without a better one'),
    freeze: layerNames('Freeze these layers alone, for example conv_1,norm_1; none: train every layer'),
    'no-distortion': flag('Train on the centre crop, without distortion'),
    queue: flag('Add the branch to the queue; an open Conv Lab trains it in its turn'),
  },
  endsItself: true,
  read: ({ run }, { at, rate: learningRate, steps: goal, freeze, ...others }) => {
    const { batch, optimizer, schedule, seed, patience } = others
    checkChoices({ learningRate, goal, batch, seed, patience }, Infinity)
    const asked = {
      learningRate,
      goal,
      batch,
      optimizer,
      schedule,
      seed,
      patience,
      frozen: freeze === undefined ? undefined : [...freeze],
    }
    const changes: RequestChanges = { ...asked, ...(others['no-distortion'] ? { distort: false } : {}) }
    return { run, at, changes, queue: others.queue }
  },
  /** Starts the branch and stays until it rests, or adds it to the queue. */
  run: async (context, { run: id, at, changes, queue }) => {
    const request = await context.client.runs.changed({ run: id, at, changes })
    await beginRun(context, request, { queue }, ({ id: branch, goal, config: { from, seed } }) => [
      { from, seed },
      `Run ${branch} begins with the weights of run ${id}${from !== undefined && isBranchPoint(from) ? ` after step ${from.step}` : ''}: ${goal} steps. Its optimizer and schedule begin anew.`,
    ])
  },
})
