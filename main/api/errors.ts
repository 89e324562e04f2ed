import { embeddingOf } from '../inspect/embedding/embeddingOf.ts'
import { comparedAnswers, comparedErrors, comparedImages } from '../inspect/errors/comparedErrors.ts'
import { errorsCsv, errorsImages, errorsOf } from '../inspect/errors/errorsOf.ts'
import { implementation } from './implementation.ts'

const { errors } = implementation

/** What networks get wrong. */
export const errorsRouter = errors.router({
  compute: errors.compute.handler(({ context, input, signal }) => errorsOf(context.lab.inspection, input, signal)),
  images: errors.images.handler(({ context, input }) => errorsImages(context.lab.inspection, input)),
  csv: errors.csv.handler(async ({ context, input: { table, ...subject } }) => ({
    text: await errorsCsv(context.lab.inspection, subject, table),
  })),
  compare: errors.compare.handler(({ context, input, signal }) =>
    comparedErrors(context.lab.inspection, input, signal),
  ),
  embedding: errors.embedding.handler(({ context, input, signal }) =>
    embeddingOf(context.lab.inspection, input, signal),
  ),
  compared: errors.compared.handler(({ context, input }) => comparedImages(context.lab.inspection, input)),
  comparedCsv: errors.comparedCsv.handler(async ({ context, input }) => ({
    text: await comparedAnswers(context.lab.inspection, input),
  })),
})
