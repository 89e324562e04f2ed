import type { ThresholdPoint } from './errorsReport.ts'
import { imagesOf, isRight, type TestPass } from './testPass.ts'

/** Thresholds from 0 to 1 in hundredths. */
const steps = 100

/**
 * Accuracy and coverage if only answers of at least some probability count, at thresholds of 0, 0.01, ... 1 (the curve
 * of selective classification, Geifman & El-Yaniv 2017).
 */
export function thresholdCurve(pass: TestPass): ThresholdPoint[] {
  const images = imagesOf(pass)
  /** By the last threshold that an answer reaches. */
  const reached = Array.from({ length: steps + 1 }, () => ({ images: 0, right: 0 }))
  pass.confidence.forEach((confidence, image) => {
    let last = Math.min(steps, Math.round(confidence * steps))
    if (last / steps > confidence) last -= 1
    reached[last].images += 1
    reached[last].right += Number(isRight(pass, image))
  })
  let [answered, right] = [0, 0]
  return reached
    .map((_, index) => index)
    .toReversed()
    .map((index): ThresholdPoint => {
      answered += reached[index].images
      right += reached[index].right
      const accuracy = answered === 0 ? null : right / answered
      return { threshold: index / steps, coverage: answered / images, accuracy }
    })
    .toReversed()
}
