import { checkChoices, type RunChoices } from '../../core/run/choices.ts'
import { type DatasetView, viewOf } from '../../core/data/datasetView.ts'
import { optimizerKinds } from '../../core/run/optimizerChoices.ts'
import { presets, requestFor } from '../../core/run/presets.ts'
import type { PresetId, RunRequest } from '../../core/run/run.ts'
import { scheduleKinds } from '../../core/run/scheduleChoices.ts'
import { refuse } from '../../core/words/problems.ts'
import { readyData, type WishedData } from './chosenData.ts'
import { chosenNetwork } from './chosenNetwork.ts'
import type { ValuesOf } from './command.ts'
import type { CommandContext } from './context.ts'
import { dataOptions, dataWishes } from './dataOptions.ts'
import { choiceFor } from './dataWishes.ts'
import { eitherOf } from './format.ts'
import { datasetEntry } from './getDataset.ts'
import { networkNamed } from './networkNamed.ts'
import { networkVersion } from './networkOptions.ts'
import { flag, number, oneOf, text } from './optionKinds.ts'
import { healthEvery, offline, presetName, trainedDataset } from './sharedOptions.ts'

/** The settings of a run, as options. */
export const trainOptions = {
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
}

/** What a person asked for of a run. */
export interface TrainWish extends WishedData {
  readonly dataset: string
  readonly preset: PresetId
  /** A network in the place of the preset's; null: the preset's. */
  readonly own: { readonly network: string; readonly version: number | undefined } | null
}

/**
 * What the options say of a run.
 * @throws LabError `arguments-wrong` or `setting-out-of-range`.
 */
export function trainWish(command: string, options: ValuesOf<typeof trainOptions>): TrainWish {
  const { dataset, preset, network, 'network-version': version } = options
  const data = dataWishes(command, options)
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
  if (version !== undefined && network === undefined)
    refuse('arguments-wrong', { command, detail: '--network-version belongs to --network' })
  // The size of the training set is known later; what is wrong in itself is refused before anything is opened.
  checkChoices(choices, Infinity)
  return {
    dataset,
    data,
    preset,
    own: network === undefined ? null : { network, version },
    choices,
    offline: options.offline,
  }
}

/**
 * The request for what a person asked for, with its data here: a missing set is downloaded. Tells where the batch is
 * smaller than the preset's.
 * @throws LabError what does not fit, or why the data could not be obtained.
 */
export async function wishedRequest(
  context: CommandContext,
  wish: TrainWish,
): Promise<{ view: DatasetView; request: RunRequest }> {
  const { client, output } = context
  const known = await datasetEntry(context, wish.dataset)
  const found = wish.own === null ? null : await networkNamed(client, wish.own.network, wish.own.version)
  // Before a long download, not after it.
  if (found !== null) chosenNetwork(found, wish.preset, viewOf(known, choiceFor(known, wish.data)))
  const { view, data } = await readyData(context, known, wish)
  const network = found === null ? undefined : chosenNetwork(found, wish.preset, view)
  const request = requestFor(wish.preset, view, data, { ...wish.choices, network })
  const { batch } = presets[wish.preset]
  if (wish.choices.batch === undefined && request.config.batch < batch) {
    output.tell(
      { event: 'batch', batch: request.config.batch, preset: batch },
      `A batch of ${request.config.batch}: so many images train, fewer than the ${batch} that the preset takes at a time.`,
    )
  }
  return { view, request }
}
