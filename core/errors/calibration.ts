import type { CalibrationBin, ErrorsReport } from './errorsReport.ts'
import { imagesOf, isRight, type TestPass } from './testPass.ts'

/** Number of bins, as in Guo et al. 2017. */
const binCount = 15

/** Index of the bin (m / 15, (m + 1) / 15] with a probability; 0 is in the first one. */
function binOf(probability: number): number {
  return Math.max(0, Math.ceil(probability * binCount) - 1)
}

/**
 * The calibration curve in 15 equally wide bins of the answers' probability, with the expected calibration error: the
 * mean over all images of |accuracy - confidence| of their bin (Guo, Pleiss, Sun & Weinberger 2017).
 */
export function calibrationOf(pass: TestPass): ErrorsReport['calibration'] {
  const sums = Array.from({ length: binCount }, () => ({ images: 0, confidence: 0, right: 0 }))
  pass.confidence.forEach((confidence, image) => {
    const bin = sums[binOf(confidence)]
    bin.images += 1
    bin.confidence += confidence
    bin.right += Number(isRight(pass, image))
  })
  const bins = sums.map(({ images, confidence, right }, index): CalibrationBin => ({
    low: index / binCount,
    high: (index + 1) / binCount,
    images,
    // A mean of ones may round to more than 1.
    confidence: images === 0 ? null : Math.min(1, confidence / images),
    accuracy: images === 0 ? null : right / images,
  }))
  const error = sums.reduce((sum, { confidence, right }) => sum + Math.abs(right - confidence), 0) / imagesOf(pass)
  return { error: Math.min(1, error), bins }
}
