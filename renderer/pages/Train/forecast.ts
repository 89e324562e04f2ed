import type { RunRequest } from '../../../core/run/run.ts'
import { heldOutImages } from '../../../core/run/validation.ts'

/**
 * The cost of a request: epochs over the images trained on, out of this many training images, and seconds at a known
 * rate in images per second.
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
