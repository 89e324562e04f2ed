import { csv } from './csvText.ts'
import type { ErrorsReport } from './errorsReport.ts'
import { erredImage } from './listedImages.ts'
import { imagesOf, isRight, type TestPass } from './testPass.ts'

/** The confusion matrix: a row for each true class, a column for each answer. @param names Of the classes. */
export function confusionCsv({ confusion }: Pick<ErrorsReport, 'confusion'>, names: readonly string[]): string {
  return csv([['true', ...names], ...confusion.map((row, label) => [names[label], ...row])])
}

/** Precision, recall, F1 and support of each class, and at last their plain means. */
export function perClassCsv(
  { perClass, macro, images, correct }: Pick<ErrorsReport, 'perClass' | 'macro' | 'images' | 'correct'>,
  names: readonly string[],
): string {
  return csv([
    ['class', 'precision', 'recall', 'f1', 'images', 'predicted', 'correct'],
    ...perClass.map(({ precision, recall, f1, images: support, predicted, correct: right }, label) => [
      names[label],
      precision,
      recall,
      f1,
      support,
      predicted,
      right,
    ]),
    ['macro mean', macro.precision, macro.recall, macro.f1, images, images, correct],
  ])
}

/** The calibration curve; a bin without images has neither confidence nor accuracy. */
export function calibrationCsv({ calibration }: Pick<ErrorsReport, 'calibration'>): string {
  return csv([
    ['low', 'high', 'images', 'confidence', 'accuracy'],
    ...calibration.bins.map(({ low, high, images, confidence, accuracy }) => [low, high, images, confidence, accuracy]),
  ])
}

/** Accuracy and coverage against the probability from which on answers count. */
export function thresholdsCsv({ thresholds }: Pick<ErrorsReport, 'thresholds'>): string {
  return csv([
    ['threshold', 'coverage', 'accuracy'],
    ...thresholds.map(({ threshold, coverage, accuracy }) => [threshold, coverage, accuracy]),
  ])
}

/** What is answered for each test image; entropy in bits, images numbered as in the test list. */
export function predictionsCsv(pass: TestPass, names: readonly string[]): string {
  const rows = Array.from({ length: imagesOf(pass) }, (_, image) => {
    const { label, predicted, confidence, ofLabel, margin, entropy, suspected } = erredImage(pass, image)
    const looksLike = suspected === null ? null : names[suspected]
    const right = Number(isRight(pass, image))
    return [image, names[label], names[predicted], right, confidence, ofLabel, margin, entropy, looksLike]
  })
  const head = ['image', 'true', 'predicted', 'right', 'confidence', 'of_true', 'margin', 'entropy', 'looks_like']
  return csv([head, ...rows])
}

/** What two checkpoints answer for each test image of the same list. */
export function comparedCsv(first: TestPass, second: TestPass, names: readonly string[]): string {
  const sides = [first, second]
  const rows = Array.from({ length: imagesOf(first) }, (_, image) => [
    image,
    names[first.labels[image]],
    ...sides.flatMap((pass) => [names[pass.predicted[image]], Number(isRight(pass, image)), pass.confidence[image]]),
  ])
  const head = ['predicted', 'right', 'confidence']
  return csv([
    ['image', 'true', ...head.map((name) => `first_${name}`), ...head.map((name) => `second_${name}`)],
    ...rows,
  ])
}
