import { type Augmentation, undistorted } from './augmentation.ts'
import { checkChoices, type ChosenNetwork, type RunChoices } from './choices.ts'
import type { DataChoice } from '../data/dataChoice.ts'
import type { PreparedData } from '../data/dataset.ts'
import { writtenChoice, type DatasetView } from '../data/datasetView.ts'
import { deepNetwork, type NetworkBuilder, quickNetwork, seedNetwork, smallNetwork } from '../network/networks.ts'
import { modelOf } from '../network/network.ts'
import { chosenOptimizer, startingLearningRate } from './optimizerChoices.ts'
import { standardPixels } from '../data/pixels.ts'
import { refuse } from '../words/problems.ts'
import { chosenSchedule, usualCycle } from './scheduleChoices.ts'
import type { Optimizer, PresetId, RunConfig, RunRequest, Schedule } from './run.ts'
import { heldOutImages } from './validation.ts'

export { quickNetwork, seedNetwork } from '../network/networks.ts'

/**
 * Side of the crop that enters the lab's own networks: 24 for the sets of 28 and 32 pixels, otherwise three quarters.
 */
export function cropOf(side: number): number {
  return side === 28 || side === 32 ? 24 : threeQuarters(side)
}

/** Side of the crop that enters the Deep network: 28 for the sets of 28 and 32 pixels, otherwise three quarters. */
function deepCropOf(side: number): number {
  return side === 28 || side === 32 ? 28 : threeQuarters(side)
}

function threeQuarters(side: number): number {
  return Math.max(1, Math.round((side * 3) / 4))
}

/** For images whose object reaches the edge. */
function wholeImage(side: number): number {
  return side
}

/** How a preset distorts the training images of a data set. */
type Distorter = (card: DatasetView) => Augmentation

/** The lab's own distortions: crop, mirror where that keeps the class, and colours. */
function labDistortions({ image, mirrors }: DatasetView): Augmentation {
  const colour = image.channels === 3
  return {
    ...undistorted,
    randomCrop: true,
    flip: mirrors,
    hue: colour ? 0.05 : 0,
    contrast: { min: 0.3, max: 1 },
    brightness: 0.2,
    saturation: colour ? { min: 0, max: 2 } : null,
  }
}

/** A named starting point: a network and the settings that suit it. */
export interface Preset {
  readonly id: PresetId
  readonly network: NetworkBuilder
  /** Height and width of the smallest image that the network can take. */
  readonly smallest: number
  /** Height or width of the image that enters the network, for that of the set's images. */
  readonly crop: (side: number) => number
  readonly pixels: (card: DatasetView) => RunConfig['data']['pixels']
  readonly augmentation: Distorter
  /** Whether an image is measured together with its mirror image, where that keeps the class. */
  readonly evaluationFlips: boolean
  readonly optimizer: Optimizer
  /** The schedule for a rate and a number of steps. */
  readonly schedule: (learningRate: number, steps: number) => Schedule
  readonly learningRate: number
  readonly batch: number
  readonly goal: number
  readonly evaluateEvery: number
}

/** As Page 2018 (DAWNBench) trains: SGD with Nesterov's momentum. */
const nesterov: Optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4, clipNorm: null }

function oneCycle(learningRate: number, steps: number): Schedule {
  return { kind: 'one-cycle', learningRate, warmUp: null, steps, ...usualCycle }
}

/** The presets. docs/presets.md says what was measured with them. */
export const presets: Record<PresetId, Preset> = {
  seed: {
    id: 'seed',
    network: seedNetwork,
    smallest: 4,
    crop: cropOf,
    pixels: () => ({ kind: 'range', min: 0, max: 255 }),
    augmentation: labDistortions,
    evaluationFlips: false,
    optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null },
    schedule: (learningRate) => ({ kind: 'constant', learningRate, warmUp: null }),
    learningRate: 1e-4,
    batch: 100,
    goal: 2500,
    evaluateEvery: 500,
  },
  quick: {
    id: 'quick',
    network: quickNetwork,
    smallest: 8,
    crop: cropOf,
    pixels: standardPixels,
    augmentation: ({ mirrors }) => ({ ...undistorted, randomCrop: true, flip: mirrors }),
    evaluationFlips: false,
    optimizer: nesterov,
    schedule: oneCycle,
    learningRate: 0.4,
    batch: 250,
    // Ten epochs of CIFAR-10.
    goal: 2000,
    evaluateEvery: 200,
  },
  /** For about ten minutes of two cores. */
  deep: {
    id: 'deep',
    network: deepNetwork,
    smallest: 9,
    crop: deepCropOf,
    pixels: standardPixels,
    augmentation: ({ mirrors }) => ({ ...undistorted, randomCrop: true, flip: mirrors }),
    evaluationFlips: true,
    optimizer: nesterov,
    schedule: oneCycle,
    learningRate: 0.3,
    batch: 250,
    // Seven epochs of CIFAR-10.
    goal: 1400,
    evaluateEvery: 350,
  },
  /** Made for MNIST. */
  digits: {
    id: 'digits',
    network: smallNetwork,
    smallest: 8,
    crop: cropOf,
    pixels: standardPixels,
    // A crop at any of 25 places moves a digit by up to two pixels; 3 % of the ink lies where one may leave it out.
    augmentation: () => ({ ...undistorted, randomCrop: true }),
    evaluationFlips: false,
    optimizer: nesterov,
    schedule: oneCycle,
    learningRate: 0.4,
    batch: 250,
    // Four epochs of MNIST.
    goal: 960,
    evaluateEvery: 240,
  },
  /** Made for Fashion-MNIST. */
  clothes: {
    id: 'clothes',
    network: smallNetwork,
    smallest: 8,
    crop: wholeImage,
    pixels: standardPixels,
    // Clothes reach the edge of their image, so it is moved by up to a pixel and not cropped smaller.
    augmentation: () => ({ ...undistorted, pad: { pixels: 1, fill: 'zero' }, randomCrop: true }),
    evaluationFlips: false,
    optimizer: nesterov,
    schedule: oneCycle,
    learningRate: 0.4,
    batch: 250,
    // Six epochs of Fashion-MNIST.
    goal: 1440,
    evaluateEvery: 240,
  },
}

/** What a run begins with where no preset was made for its data set. */
export const labPreset: PresetId = 'seed'

/** The seed of a run for which nobody chose one. */
export const usualSeed = 1

const madeFor = new Map<string, PresetId>([
  ['mnist', 'digits'],
  ['fashion-mnist', 'clothes'],
])

/** The preset that was made for a data set, which the window suggests; null where none was. */
export function suggestedPreset(dataset: DatasetView['id']): PresetId | null {
  return madeFor.get(dataset) ?? null
}

/** The batch of a preset, or all images that are trained on where they are fewer. */
export function usualBatch(id: PresetId, { sizes }: Pick<DatasetView, 'sizes'>, validationShare = 0): number {
  return Math.max(1, Math.min(presets[id].batch, sizes.train - heldOutImages(sizes.train, validationShare)))
}

/** The prepared images of a run, and what of the set it takes; left out: everything as published. */
export interface ChosenData extends Pick<PreparedData, 'sha256'> {
  readonly choice?: DataChoice
}

/** The smallest side of a data set's images that leaves a preset's network enough after the crop. */
function leastImageOf({ crop, smallest }: Preset): number {
  let side = smallest
  while (crop(side) < smallest) side += 1
  return side
}

/** The image that a preset cuts from those of a set. */
export function croppedInput(
  id: PresetId,
  { height, width, channels }: DatasetView['image'],
): RunConfig['model']['input'] {
  const { crop } = presets[id]
  return { height: crop(height), width: crop(width), channels }
}

/**
 * The network of a preset for a set.
 * @throws LabError `images-too-small`.
 */
export function presetModel(id: PresetId, { name, image, classes }: DatasetView): RunConfig['model'] {
  const preset = presets[id]
  const { height, width } = image
  const input = croppedInput(id, image)
  if (Math.min(input.height, input.width) < preset.smallest)
    refuse('images-too-small', { preset: preset.id, least: leastImageOf(preset), dataset: name, height, width })
  return preset.network(input, classes.length)
}

/** A network of one's own for a set: the image is cropped as the preset does, unless it is bound to one. */
function ownModel(id: PresetId, { network }: ChosenNetwork, { image, classes }: DatasetView): RunConfig['model'] {
  return modelOf(network, { input: croppedInput(id, image), classes: classes.length })
}

/**
 * The request that a preset and a person's choices make for a view of one prepared data set. The schedule is as long as
 * the run. With a network of one's own, the settings are the preset's and the model is that network for the data; whether
 * it fits is checked where the run starts.
 * @throws LabError `setting-out-of-range`, `setting-unfit`, `images-too-small` or `batch-too-large`.
 */
export function requestFor(
  id: PresetId,
  view: DatasetView,
  { sha256, choice }: ChosenData,
  choices: RunChoices = {},
): RunRequest {
  const preset = presets[id]
  const validationShare = choices.validationShare ?? 0
  const batch = choices.batch ?? usualBatch(id, view, validationShare)
  checkChoices({ ...choices, batch }, view.sizes.train)
  const goal = choices.goal ?? preset.goal
  const learningRate =
    choices.learningRate ?? startingLearningRate(preset.optimizer, preset.learningRate, choices.optimizer)
  const written = choice === undefined ? undefined : writtenChoice(choice)
  const config: RunConfig = {
    format: 1,
    data: {
      dataset: view.id,
      sha256,
      ...(written === undefined ? {} : { choice: written }),
      pixels: preset.pixels(view),
      validationShare,
    },
    model: choices.network === undefined ? presetModel(id, view) : ownModel(id, choices.network, view),
    augmentation: (choices.distort ?? true) ? preset.augmentation(view) : undistorted,
    evaluation: { flips: preset.evaluationFlips && view.mirrors },
    optimizer: chosenOptimizer(preset.optimizer, choices),
    schedule: chosenSchedule(preset.schedule(learningRate, goal), goal, choices),
    batch,
    seed: choices.seed ?? usualSeed,
  }
  return {
    preset: id,
    ...(choices.network === undefined ? {} : { network: choices.network.origin }),
    config,
    goal,
    evaluateEvery: choices.evaluateEvery ?? preset.evaluateEvery,
    patience: choices.patience ?? null,
    ...(choices.healthEvery === undefined ? {} : { healthEvery: choices.healthEvery }),
  }
}
