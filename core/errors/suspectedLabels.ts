import type { ErrorsReport } from './errorsReport.ts'
import { notSuspected, type TestPass } from './testPass.ts'

/**
 * For each image the class that it looks like where its label looks wrong, otherwise `notSuspected`: the entries off
 * the diagonal of the confident joint of confident learning (Northcutt, Jiang & Chuang 2021, J. Artif. Intell. Res. 70).
 * An image counts for the most probable of those classes whose probability is at least the mean probability that the
 * images labelled with that class have for it. A class without images is never suspected.
 * @param logits `[images, classes]`
 * @param normalisers Logarithm of the sum of exp(logit) of each image.
 */
export function suspectedLabels(
  { classes, labels, ofLabel }: Pick<TestPass, 'classes' | 'labels' | 'ofLabel'>,
  logits: Float32Array,
  normalisers: Float64Array,
): Uint16Array {
  const sums = new Float64Array(classes)
  const counts = new Uint32Array(classes)
  labels.forEach((label, image) => {
    sums[label] += ofLabel[image]
    counts[label] += 1
  })
  const thresholds = sums.map((sum, label) => (counts[label] === 0 ? Infinity : Math.log(sum / counts[label])))
  return labels.map((label, image) => {
    let found = -1
    for (let index = 0, place = image * classes; index < classes; index += 1, place += 1) {
      if (logits[place] - normalisers[image] < thresholds[index]) continue
      if (found === -1 || logits[place] > logits[image * classes + found]) found = index
    }
    return found === -1 || found === label ? notSuspected : found
  })
}

/** The share of wrong labels in the worst of ten public test sets (Northcutt, Athalye & Mueller 2021, NeurIPS). */
const mostWrong = 0.1

/** The accuracy below which a network is more often wrong than a label. */
const leastAccuracy = 0.5

/** Whether a network knows too little for its suspicions to mean much. */
export function suspectsBlindly({
  accuracy,
  suspectLabels,
  images,
}: Pick<ErrorsReport, 'accuracy' | 'suspectLabels' | 'images'>): boolean {
  return accuracy < leastAccuracy || suspectLabels > mostWrong * images
}
