import { phrase, type Phrase } from '../words/phrases.ts'
import { accuracyInterval } from './accuracyInterval.ts'
import { confusedOrder } from './confusedOrder.ts'
import { confusionOf, differenceOf } from './confusion.ts'
import type { ComparedPage, ErrorsComparison, McNemar, Side } from './errorsComparison.ts'
import type { ListPart } from './erredImages.ts'
import { mcnemar } from './mcnemar.ts'
import { correctIn, imagesOf, isRight, type TestPass } from './testPass.ts'

/** One of two checkpoints with its pass. */
export interface ComparedPass extends Pick<ErrorsComparison['first'], 'run' | 'checkpoint' | 'sha256'> {
  readonly pass: TestPass
}

/** Below this a difference is called more than chance. */
const significance = 0.05

/** Number of tests of which fewer than one would show such a difference; as a student counts them. */
function rarity(p: number): number {
  return [1000, 100, 50].find((times) => p < 1 / times) ?? 1 / significance
}

function verdictOf(better: ComparedPass | null, discordant: number, { p }: McNemar): Phrase {
  if (discordant === 0) return phrase('difference-none', {})
  if (better === null || p >= significance) return phrase('difference-chance', { percent: Math.round(100 * p) })
  const { run, checkpoint: step } = better
  return phrase('difference-real', { run: phrase('run-by-number', { run }), step, times: rarity(p) })
}

function sideOf({ run, checkpoint, sha256, pass }: ComparedPass): ErrorsComparison['first'] {
  const [correct, images] = [correctIn(pass), imagesOf(pass)]
  return { run, checkpoint, sha256, correct, accuracy: correct / images, interval: accuracyInterval(correct, images) }
}

/**
 * Compares two passes over the same test images.
 * @param classes English names.
 */
export function compareErrors(first: ComparedPass, second: ComparedPass, classes: readonly string[]): ErrorsComparison {
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }
  for (let image = 0; image < imagesOf(first.pass); image += 1) {
    const [one, other] = [isRight(first.pass, image), isRight(second.pass, image)]
    if (one === other) counts[one ? 'both' : 'neither'] += 1
    else counts[one ? 'onlyFirst' : 'onlySecond'] += 1
  }
  const { onlyFirst, onlySecond } = counts
  const [one, other] = [confusionOf(first.pass), confusionOf(second.pass)]
  const test = mcnemar(onlyFirst, onlySecond)
  const better: Side | null = onlyFirst === onlySecond ? null : onlyFirst > onlySecond ? 'first' : 'second'
  return {
    first: sideOf(first),
    second: sideOf(second),
    classes: [...classes],
    images: imagesOf(first.pass),
    difference: differenceOf(one, other),
    order: confusedOrder(one.map((row, label) => row.map((count, answer) => count + other[label][answer]))),
    ...counts,
    test,
    better,
    significant: better !== null && test.p < significance,
    verdict: verdictOf(better === null ? null : better === 'first' ? first : second, onlyFirst + onlySecond, test),
  }
}

/** A part of the images that one gets right and the other wrong, in the order of the test list. */
export function comparedPage(
  first: TestPass,
  second: TestPass,
  { right, from, count }: ListPart & { readonly right: Side },
): ComparedPage {
  const [one, other] = right === 'first' ? [first, second] : [second, first]
  const numbers = Uint32Array.from(first.labels, (_, image) => image).filter(
    (image) => isRight(one, image) && !isRight(other, image),
  )
  const answered = ({ predicted, confidence }: TestPass, image: number): ComparedPage['images'][number]['first'] => ({
    predicted: predicted[image],
    confidence: confidence[image],
  })
  return {
    total: numbers.length,
    images: Array.from(numbers.subarray(from, from + count), (image) => ({
      number: image,
      label: first.labels[image],
      first: answered(first, image),
      second: answered(second, image),
    })),
  }
}
