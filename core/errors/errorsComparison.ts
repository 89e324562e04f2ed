/** Two checkpoints side by side, of one run or of two, over the same test images. */
import { z } from 'zod'
import { Sha256 } from '../data/dataset.ts'
import { LookSubject } from '../inspect/looking.ts'
import { PassProgress } from '../inspect/passProgress.ts'
import { RunId } from '../run/run.ts'
import { Phrase } from '../words/phrases.ts'
import { ErredImage, ListPart } from './erredImages.ts'
import { Interval } from './errorsReport.ts'
import { receivedMatrix, SentMatrix, sentMatrix } from './sentMatrix.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)

export const ComparisonQuestion = z.strictObject({ first: LookSubject, second: LookSubject })
export type ComparisonQuestion = z.infer<typeof ComparisonQuestion>

/** Which of the two. */
export const Side = z.enum(['first', 'second'])
export type Side = z.infer<typeof Side>

const ComparedSide = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: count,
  sha256: Sha256,
  correct: count,
  accuracy: share,
  interval: Interval,
})

/**
 * McNemar's test of whether one is right more often than the other. `exact`: the binomial test, of few images that one
 * alone gets right; its statistic is the smaller of both numbers. `chi-square`: with continuity correction.
 */
export const McNemar = z.strictObject({
  kind: z.enum(['exact', 'chi-square']),
  statistic: z.number().min(0),
  /** Probability of a difference at least this large if both are equally good. */
  p: share,
})
export type McNemar = z.infer<typeof McNemar>

/** The comparison as it crosses a boundary. */
export const SentComparison = z.strictObject({
  first: ComparedSide,
  second: ComparedSide,
  /** English names. */
  classes: z.array(z.string()),
  images: count,
  /** The second confusion matrix less the first, `[classes, classes]`. */
  difference: SentMatrix,
  /** The indices of the classes so that those stand together that either confuses. */
  order: z.array(count),
  /** Images that both get right. */
  both: count,
  onlyFirst: count,
  onlySecond: count,
  /** Images that both get wrong. */
  neither: count,
  test: McNemar,
  /** Which one is right more often; null: neither. */
  better: Side.nullable(),
  /** Whether the difference is more than chance: p below 0.05. */
  significant: z.boolean(),
  /** The same in words, as a clause without a full stop. */
  verdict: Phrase,
})
export type SentComparison = z.infer<typeof SentComparison>

/** The same with the numbers of its matrix. */
export interface ErrorsComparison extends Omit<SentComparison, 'difference'> {
  readonly difference: number[][]
}

export function sentComparison(comparison: ErrorsComparison): SentComparison {
  return { ...comparison, difference: sentMatrix(comparison.difference) }
}

export function receivedComparison(comparison: SentComparison): ErrorsComparison {
  return { ...comparison, difference: receivedMatrix(comparison.difference) }
}

/** Progress in the images of both together, and at last the comparison. */
export const ComparisonEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('done'), comparison: SentComparison }),
])
export type ComparisonEvent = z.infer<typeof ComparisonEvent>

/** The images that one of two gets right and the other wrong, in the order of the test list. */
export const ComparedListQuestion = z.strictObject({
  ...ComparisonQuestion.shape,
  /** Which one is right. */
  right: Side,
  ...ListPart.shape,
})
export type ComparedListQuestion = z.infer<typeof ComparedListQuestion>

const Answered = ErredImage.pick({ predicted: true, confidence: true })

export const ComparedPage = z.strictObject({
  total: count,
  images: z.array(z.strictObject({ number: count, label: count, first: Answered, second: Answered })),
})
export type ComparedPage = z.infer<typeof ComparedPage>
