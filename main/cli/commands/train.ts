import { presets, requestFor } from '../../../core/presets.ts'
import { refuse } from '../../../core/problems.ts'
import type { RunRequest } from '../../../core/run.ts'
import type { Command } from '../arguments.ts'
import { readyData } from '../chosenData.ts'
import type { CommandContext } from '../context.ts'
import { followTraining } from '../followTraining.ts'
import { duration } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'
import { addToQueue } from './queue.ts'

type TrainCommand = Extract<Command, { name: 'train' }>

/**
 * `lab train`: gets the data set where it is missing, starts a run and stays until it rests, or adds it to the queue.
 */
export async function train(context: CommandContext, command: TrainCommand): Promise<void> {
  const { client, output } = context
  const known = await datasetEntry(context, command.dataset)
  const { view, data } = await readyData(context, known, command)
  const asked = requestFor(command.preset, view, data, command.choices)
  const { batch } = presets[command.preset]
  if (command.choices.batch === undefined && asked.config.batch < batch) {
    output.tell(
      { event: 'batch', batch: asked.config.batch, preset: batch },
      `A batch of ${asked.config.batch}: so many images train, fewer than the ${batch} that the preset takes at a time.`,
    )
  }
  if (context.interruption.happened) refuse('interrupted', {})
  const request = command.seconds === undefined ? asked : await fitted(context, asked, command.seconds)
  if (context.interruption.happened) refuse('interrupted', {})
  if (command.queue) return addToQueue(context, request)
  const { sequence } = await client.lab.status()
  const run = await client.runs.start(request)
  output.tell(
    { event: 'started', run: run.id },
    `Run ${run.id}: ${view.name}, ${view.classes.length} classes, ${view.sizes.train} training images, ${run.goal} steps, batch ${run.config.batch}, learning rate ${run.config.schedule.learningRate}.`,
  )
  await followTraining(context, run, sequence)
}

/** The request with as many steps as the time allows. */
async function fitted(
  { client, output, interruption }: CommandContext,
  request: RunRequest,
  seconds: number,
): Promise<RunRequest> {
  const { request: fit, secondsPerStep } = await Promise.race([
    client.runs.fitToTime({ request, seconds }),
    interruption.rejected(),
  ])
  output.tell(
    { event: 'fitted', seconds, secondsPerStep, steps: fit.goal },
    `A step takes ${(secondsPerStep * 1000).toFixed(1)} ms here: ${fit.goal} steps in ${duration(seconds)}.`,
  )
  return fit
}
