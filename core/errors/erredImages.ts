/** Lists of test images by what a checkpoint answers for them. */
import { z } from 'zod'
import { LookSubject } from '../inspect/looking.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)

/**
 * Which test images, and in which order.
 *
 * `all`: every one in the order of the test list. `cell`: those of a cell of the confusion matrix, or of a whole row or
 * column (null), the most certain answers first. `confident-mistakes`: wrong answers, the most certain first.
 * `least-certain`: all images, the smallest margin between the two most probable classes or the largest entropy first.
 * `suspect-labels`: images whose label looks wrong, the least probable label first.
 */
export const ErrorsList = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('cell'), label: count.nullable(), predicted: count.nullable() }),
  z.strictObject({ kind: z.literal('confident-mistakes') }),
  z.strictObject({ kind: z.literal('least-certain'), by: z.enum(['margin', 'entropy']) }),
  z.strictObject({ kind: z.literal('suspect-labels') }),
])
export type ErrorsList = z.infer<typeof ErrorsList>

/** A part of a list. */
export const ListPart = z.strictObject({ from: count, count: z.int().min(1).max(1000) })
export type ListPart = z.infer<typeof ListPart>

export const ErrorsListQuestion = z.strictObject({ ...LookSubject.shape, list: ErrorsList, ...ListPart.shape })
export type ErrorsListQuestion = z.infer<typeof ErrorsListQuestion>

/** What a checkpoint answers for a test image. Classes are indices. */
export const ErredImage = z.strictObject({
  /** Its place in the run's test list: the image `{ kind: 'stored', split: 'test', number }` of looking. */
  number: count,
  label: count,
  predicted: count,
  /** Probability of the answer. */
  confidence: share,
  /** Probability of the image's own class. */
  ofLabel: share,
  /** How far the most probable class is before the next one. */
  margin: share,
  /** Of the probabilities, in bits. */
  entropy: z.number().min(0),
  /** The class that the image looks like, where its label looks wrong. */
  suspected: count.nullable(),
})
export type ErredImage = z.infer<typeof ErredImage>

export const ErrorsPage = z.strictObject({
  /** Length of the whole list. */
  total: count,
  images: z.array(ErredImage),
})
export type ErrorsPage = z.infer<typeof ErrorsPage>
