import type { Interval } from './errorsReport.ts'

/** The quantile of the standard normal distribution that leaves 2.5 % above it. */
const quantile = 1.959963984540054

/**
 * The 95 % confidence interval of a share by Wilson's score (Wilson 1927): it stays within 0 and 1 and is honest for
 * few images, too. At least one image.
 */
export function accuracyInterval(correct: number, images: number): Interval {
  const share = correct / images
  const square = quantile ** 2 / images
  const centre = share + square / 2
  const half = quantile * Math.sqrt((share * (1 - share) + square / 4) / images)
  return {
    low: correct === 0 ? 0 : Math.max(0, (centre - half) / (1 + square)),
    high: correct === images ? 1 : Math.min(1, (centre + half) / (1 + square)),
  }
}
