import { refuse } from '../../../core/words/problems.ts'
import { isWithin, rangeText } from '../../../core/numbers/range.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import { minutesRange } from '../../../core/run/timeBudget.ts'
import { givenPath } from '../../files/givenPath.ts'
import { beginRun } from '../beginRun.ts'
import { trainedNetworkText } from '../chosenNetwork.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { expectationOptions, givenExpectation } from '../expectationOptions.ts'
import { duration } from '../format.ts'
import { flag, number, text } from '../optionKinds.ts'
import { seeds } from '../sharedOptions.ts'
import { trainOptions, trainWish, wishedRequest } from '../trainOptions.ts'
import { weightsOptions, weightsWish, withWeights } from '../weightsOptions.ts'

const name = 'train'

export const trainCommand = defineCommand({
  name,
  summary: 'Train a network; downloads its data set where it is missing',
  options: {
    ...trainOptions,
    minutes: number('M', 'Train for about so long: measured first, then turned into steps'),
    seeds,
    queue: flag('Add the run to the queue; an open Conv Lab trains it in its turn'),
    ...weightsOptions,
    ...expectationOptions,
    tensorboard: text(
      'DIR',
      'Also write it for TensorBoard while it trains, into a folder that is empty or not there yet; with --seeds each run into a folder of its own in it',
    ),
  },
  endsItself: true,
  read: (_, options) => {
    const { minutes } = options
    const wish = trainWish(name, options)
    const expectation = givenExpectation(name, options)
    const weights = weightsWish(name, options)
    if (minutes !== undefined && !isWithin(minutesRange, minutes))
      refuse('setting-out-of-range', { setting: 'minutes', value: minutes, range: rangeText(minutesRange) })
    if (minutes !== undefined && wish.choices.goal !== undefined)
      refuse('arguments-wrong', { command: name, detail: '--minutes and --steps are two answers to one question' })
    if (expectation !== undefined && options.seeds !== undefined)
      refuse('arguments-wrong', {
        command: name,
        detail: '--seeds adds several runs, and an expectation is of one run',
      })
    const seconds = minutes === undefined ? undefined : minutes * 60
    // The lab that writes the folder may run in another one.
    const eventFolder = options.tensorboard === undefined ? undefined : givenPath(options.tensorboard)
    return { ...wish, seconds, seeds: options.seeds, queue: options.queue, expectation, eventFolder, weights }
  },
  /** Starts the run and stays until it rests, or adds it to the queue. */
  run: async (context, wish) => {
    const { view, request: plain } = await wishedRequest(context, wish)
    if (context.interruption.happened) refuse('interrupted', {})
    const asked = await withWeights(context, plain, wish.weights)
    if (asked === null) return
    const request = wish.seconds === undefined ? asked : await fitted(context, asked, wish.seconds)
    if (context.interruption.happened) refuse('interrupted', {})
    await beginRun(context, request, wish, (run) => [
      { network: run.network },
      `Run ${run.id}: ${trainedNetworkText(run)}${view.name}, ${view.classes.length} classes, ${view.sizes.train} training images, ${run.goal} steps, batch ${run.config.batch}, learning rate ${run.config.schedule.learningRate}.`,
    ])
  },
})

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
