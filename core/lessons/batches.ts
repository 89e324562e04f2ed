/** Steps of an epoch of so many images. Batches are always full, so it need not be whole. */
export function stepsOfEpoch(images: number, batch: number): number {
  return images / batch
}

/**
 * By which factor the noise of the gradient changes from one batch size to another: the standard deviation of the mean
 * of n gradients, drawn independently, goes with 1 / sqrt(n).
 */
export function noiseFactor(from: number, to: number): number {
  return Math.sqrt(from / to)
}
