import { checkChoices, type RunChoices } from '../../../core/run/choices.ts'
import { optimizerKinds } from '../../../core/run/optimizerChoices.ts'
import { presets, requestFor } from '../../../core/run/presets.ts'
import { refuse } from '../../../core/words/problems.ts'
import { viewOf } from '../../../core/data/datasetView.ts'
import { isWithin, rangeText } from '../../../core/numbers/range.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import { scheduleKinds } from '../../../core/run/scheduleChoices.ts'
import { minutesRange } from '../../../core/run/timeBudget.ts'
import { addToQueue } from '../addToQueue.ts'
import { readyData } from '../chosenData.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { dataOptions, dataWishes } from '../dataOptions.ts'
import { followTraining } from '../followTraining.ts'
import { duration, eitherOf } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'
import { choiceFor } from '../dataWishes.ts'
import { chosenNetwork, trainedNetworkText } from '../chosenNetwork.ts'
import { networkNamed } from '../networkNamed.ts'
import { networkVersion } from '../networkOptions.ts'
import { flag, number, oneOf, text } from '../optionKinds.ts'
import { healthEvery, offline, presetName, trainedDataset } from '../sharedOptions.ts'

const name = 'train'

export const trainCommand = defineCommand({
  name,
  summary: 'Train a network; downloads its data set where it is missing',
  options: {
    dataset: trainedDataset,
    ...dataOptions,
    preset: presetName('Network and settings to begin with'),
    network: text('NAME|FILE', 'Network of one’s own, or of another preset; the settings stay the preset’s'),
    'network-version': networkVersion,
    steps: number('N', 'Number of training steps'),
    batch: number('N', 'Images a step; the preset’s, or all that train where they are fewer'),
    'learning-rate': number('RATE', 'Learning rate, for example 1e-3'),
    seed: number('N', 'Seed of all random numbers of the run'),
    'evaluate-every': number('N', 'Measure the test set every so many steps'),
    'health-every': healthEvery,
    minutes: number('M', 'Train for about so long: measured first, then turned into steps'),
    optimizer: oneOf('NAME', eitherOf(optimizerKinds), optimizerKinds),
    momentum: number('M', 'Momentum of SGD, beta1 of Adam'),
    'weight-decay': number('D', 'Weight decay of AdamW or SGD; leaves biases and batch norm alone'),
    'clip-norm': number('N', 'Shorten all gradients together to this length'),
    schedule: oneOf('NAME', `${eitherOf(scheduleKinds)}, as long as the run`, scheduleKinds),
    'warm-up': number('N', 'Let the learning rate rise over the first N steps'),
    validation: number('SHARE', 'Hold out a share of the training images and choose the best on them'),
    patience: number('N', 'End after N evaluations without a better one'),
    'no-distortion': flag('Train on the centre crop, without distortion'),
    offline,
    queue: flag('Add the run to the queue; an open Conv Lab trains it in its turn'),
  },
  endsItself: true,
  read: (_, options) => {
    const { dataset, preset, minutes, network, 'network-version': version } = options
    const data = dataWishes(name, options)
    const choices: RunChoices = {
      batch: options.batch,
      learningRate: options['learning-rate'],
      goal: options.steps,
      seed: options.seed,
      evaluateEvery: options['evaluate-every'],
      distort: !options['no-distortion'],
      optimizer: options.optimizer,
      momentum: options.momentum,
      weightDecay: options['weight-decay'],
      clipNorm: options['clip-norm'],
      schedule: options.schedule,
      warmUpSteps: options['warm-up'],
      validationShare: options.validation,
      patience: options.patience,
      healthEvery: options['health-every'],
    }
    if (minutes !== undefined && !isWithin(minutesRange, minutes))
      refuse('setting-out-of-range', { setting: 'minutes', value: minutes, range: rangeText(minutesRange) })
    if (minutes !== undefined && choices.goal !== undefined)
      refuse('arguments-wrong', { command: name, detail: '--minutes and --steps are two answers to one question' })
    if (version !== undefined && network === undefined)
      refuse('arguments-wrong', { command: name, detail: '--network-version belongs to --network' })
    const own = network === undefined ? null : { network, version }
    // The size of the training set is known later; what is wrong in itself is refused before anything is opened.
    checkChoices(choices, Infinity)
    const seconds = minutes === undefined ? undefined : minutes * 60
    return { dataset, data, preset, own, choices, seconds, offline: options.offline, queue: options.queue }
  },
  /** Starts the run and stays until it rests, or adds it to the queue. */
  run: async (context, wish) => {
    const { client, output } = context
    const known = await datasetEntry(context, wish.dataset)
    const found = wish.own === null ? null : await networkNamed(client, wish.own.network, wish.own.version)
    // Before a long download, not after it.
    if (found !== null) chosenNetwork(found, wish.preset, viewOf(known, choiceFor(known, wish.data)))
    const { view, data } = await readyData(context, known, wish)
    const network = found === null ? undefined : chosenNetwork(found, wish.preset, view)
    const asked = requestFor(wish.preset, view, data, { ...wish.choices, network })
    const { batch } = presets[wish.preset]
    if (wish.choices.batch === undefined && asked.config.batch < batch) {
      output.tell(
        { event: 'batch', batch: asked.config.batch, preset: batch },
        `A batch of ${asked.config.batch}: so many images train, fewer than the ${batch} that the preset takes at a time.`,
      )
    }
    if (context.interruption.happened) refuse('interrupted', {})
    const request = wish.seconds === undefined ? asked : await fitted(context, asked, wish.seconds)
    if (context.interruption.happened) refuse('interrupted', {})
    if (wish.queue) return addToQueue(context, request)
    const { sequence } = await client.lab.status()
    const run = await client.runs.start(request)
    output.tell(
      { event: 'started', run: run.id, network: run.network },
      `Run ${run.id}: ${trainedNetworkText(run)}${view.name}, ${view.classes.length} classes, ${view.sizes.train} training images, ${run.goal} steps, batch ${run.config.batch}, learning rate ${run.config.schedule.learningRate}.`,
    )
    await followTraining(context, run, sequence)
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
