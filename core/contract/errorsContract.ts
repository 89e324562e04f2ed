import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { ErrorsListQuestion, ErrorsPage } from '../errors/erredImages.ts'
import { ComparedListQuestion, ComparedPage, ComparisonEvent, ComparisonQuestion } from '../errors/errorsComparison.ts'
import { ErrorsEvent, ErrorsTable } from '../errors/errorsReport.ts'
import { EmbeddingEvent, EmbeddingQuestion } from '../embedding/embedding.ts'
import { LookSubject } from '../inspect/looking.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/**
 * What networks get wrong. A pass over the whole test set is computed once for a checkpoint and then stored, so each
 * call answers at once after the first. One that finds nothing stored computes the pass itself.
 */
export const errorsContract = {
  /** The figures of a checkpoint; who stops listening ends the pass. */
  compute: call.input(LookSubject).output(eventIterator(ErrorsEvent)),
  /** A part of a list of test images. */
  images: call.input(ErrorsListQuestion).output(ErrorsPage),
  /** A table as CSV, with English names. */
  csv: call
    .input(z.strictObject({ ...LookSubject.shape, table: ErrorsTable }))
    .output(z.strictObject({ text: z.string() })),
  /** Two checkpoints over the same test images; who stops listening ends the passes. */
  compare: call.input(ComparisonQuestion).output(eventIterator(ComparisonEvent)),
  /** A part of the images that one gets right and the other wrong. */
  compared: call.input(ComparedListQuestion).output(ComparedPage),
  /** Test images in a plane; who stops listening ends what is under way. A plane that was computed is stored too. */
  embedding: call.input(EmbeddingQuestion).output(eventIterator(EmbeddingEvent)),
  /** What both answer for each test image, as CSV with English names. */
  comparedCsv: call.input(ComparisonQuestion).output(z.strictObject({ text: z.string() })),
}
