import { imagesOf, type TestPass } from './testPass.ts'

/** Number of images `[classes, classes]`: rows are the true classes, columns the answers. */
export function confusionOf(pass: TestPass): number[][] {
  const { classes, labels, predicted } = pass
  const matrix = Array.from({ length: classes }, () => Array<number>(classes).fill(0))
  for (let image = 0; image < imagesOf(pass); image += 1) matrix[labels[image]][predicted[image]] += 1
  return matrix
}

/** The second matrix less the first. */
export function differenceOf(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
): number[][] {
  return second.map((row, label) => row.map((count, answer) => count - first[label][answer]))
}

/** The class of all answers, where there is only one. */
export function onlyAnswerOf({ predicted }: TestPass): number | null {
  return predicted.length > 0 && predicted.every((answer) => answer === predicted[0]) ? predicted[0] : null
}
