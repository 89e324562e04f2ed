import type { RunRequest } from '../../../core/run/run.ts'
import { heldOutImages } from '../../../core/run/validation.ts'

/**
 * What a request will take: epochs of the images that are trained on, of so many training images, and seconds at a
 * known rate of images a second.
 */
export function forecast(
  request: RunRequest,
  trainImages: number,
  rate: number | null,
): { epochs: number; seconds: number | null } {
  const images = request.goal * request.config.batch
  const trained = trainImages - heldOutImages(trainImages, request.config.data.validationShare)
  return { epochs: images / trained, seconds: rate === null || rate <= 0 ? null : images / rate }
}
