import { presets } from './presets.ts'
import { startingLearningRate } from './optimizerChoices.ts'
import type { Optimizer, RunRequest } from './run.ts'
import { heldOutImages } from './validation.ts'

/** A setting that rarely does what a person wants. A run with it can be begun all the same. */
export type SettingWarning =
  /** Each of the `images` is seen so often that the network can learn them by heart. */
  | { readonly kind: 'many-epochs'; readonly epochs: number; readonly images: number }
  /** A step sees `batch` of the `images`, so that hardly anything is left to chance. */
  | { readonly kind: 'large-batch'; readonly batch: number; readonly images: number }
  /** The learning rate is far from that with which the preset begins with this optimizer, and from all usual ones. */
  | { readonly kind: 'far-rate'; readonly rate: number; readonly usual: number }

/** Below so many images a network can learn each by heart. */
const fewImages = 1000
/** Epochs of few images above which nothing new is learned from them. */
const manyEpochs = 100
/** Share of all images in one batch from which on it is near the whole set. */
const largeShare = 0.5
/** How many times larger or smaller than that of the preset a learning rate is far away. */
const farFactor = 10
/** Between these an optimizer usually learns, whatever the preset begins with. */
const usualRates: Readonly<Record<Optimizer['kind'], readonly [number, number]>> = {
  adam: [1e-4, 3e-3],
  adamw: [1e-4, 3e-3],
  sgd: [1e-3, 0.5],
}
/** Quotients of decimal fractions are not exact. */
const slack = 1e-9

/**
 * What of a request rarely does what a person wants.
 * @param trainImages training images, those that are held out included.
 */
export function settingWarnings(request: RunRequest, trainImages: number): SettingWarning[] {
  const { config, goal, preset } = request
  const images = trainImages - heldOutImages(trainImages, config.data.validationShare)
  const warnings: SettingWarning[] = []
  const usual = startingLearningRate(presets[preset].optimizer, presets[preset].learningRate, config.optimizer.kind)
  const rate = config.schedule.learningRate
  const [slowest, fastest] = usualRates[config.optimizer.kind]
  const isUsual = rate >= slowest && rate <= fastest
  if (!isUsual && Math.max(rate / usual, usual / rate) > farFactor * (1 + slack))
    warnings.push({ kind: 'far-rate', rate, usual })
  if (config.batch >= largeShare * images) warnings.push({ kind: 'large-batch', batch: config.batch, images })
  const epochs = (goal * config.batch) / images
  if (images < fewImages && epochs > manyEpochs) warnings.push({ kind: 'many-epochs', epochs, images })
  return warnings
}
