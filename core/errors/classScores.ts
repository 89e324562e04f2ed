import type { ClassScores, Scores } from './errorsReport.ts'

const sumOf = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** A part of a whole; 0 where there is no whole. */
const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/**
 * Precision, recall and F1 of each class, from a confusion matrix with the true classes in its rows. A score that would
 * divide by 0 is 0 and named, as with scikit-learn's `precision_recall_fscore_support(..., zero_division=0)`.
 */
export function classScores(confusion: readonly (readonly number[])[]): ClassScores[] {
  return confusion.map((row, label) => {
    const images = sumOf(row)
    const predicted = sumOf(confusion.map((other) => other[label]))
    const correct = row[label]
    return {
      precision: shareOf(correct, predicted),
      recall: shareOf(correct, images),
      f1: shareOf(2 * correct, images + predicted),
      images,
      predicted,
      correct,
      undefined: [
        ...(predicted === 0 ? (['precision'] as const) : []),
        ...(images === 0 ? (['recall'] as const) : []),
        ...(images + predicted === 0 ? (['f1'] as const) : []),
      ],
    }
  })
}

/** Plain means over all classes, as with scikit-learn's `average='macro'` and all classes in `labels`. */
export function macroMean(perClass: readonly Scores[]): Scores {
  const mean = (name: keyof Scores): number => sumOf(perClass.map((scores) => scores[name])) / perClass.length
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') }
}
