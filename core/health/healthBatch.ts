import { measure } from '../network/geometry.ts'
import type { Model } from '../network/model.ts'
import { sizeOf } from '../network/shapes.ts'

/** Images of the fixed batch, where they fit into memory: enough that a unit which fires for none of them is dead. */
const mostImages = 100

/** Bytes of maps that may be computed for health even where a training step takes less. */
const freeBytes = 256e6

/** Bytes of a float32. */
const floatBytes = 4

/**
 * Number of images on which a run's health is measured: 100, or fewer where the training set has fewer. Where the maps
 * of 100 images are large it is as many as 256 MB of maps hold, but at least as many as a training step takes, for which
 * there is memory.
 * @throws LabError `model-invalid`
 */
export function healthImages(model: Model, batch: number, trainImages: number): number {
  const values = measure(model).reduce((sum, { output }) => sum + sizeOf(output), 0)
  const holding = Math.max(batch, Math.floor(freeBytes / (values * floatBytes)))
  return Math.min(mostImages, holding, trainImages)
}

/**
 * The fixed batch: images at equal distances in the training set, from the first on, because some sets store their
 * images in the order of the classes.
 * @returns indices within the training set as the run takes it, held-out images included.
 */
export function healthBatch(images: number, trainImages: number): Uint32Array {
  return Uint32Array.from({ length: images }, (_, index) => Math.floor((index * trainImages) / images))
}

/** The shortest interval that is chosen by default, in steps. */
const leastInterval = 100

/** Training images for each image of the fixed batch, at least. */
const imagesForOne = 100

/**
 * Steps between two measurements of health where nobody chose otherwise: 100, or more with small batches, so that at
 * most one image in a hundred is computed for health.
 * @param batch Images of a training step.
 */
export function usualHealthEvery(batch: number): number {
  return Math.max(leastInterval, Math.ceil((imagesForOne * mostImages) / batch))
}
