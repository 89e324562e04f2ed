import { implementation } from './implementation.ts'

const { weights } = implementation

/** Weights from elsewhere, to begin runs with. */
export const weightsRouter = weights.router({
  propose: weights.propose.handler(({ context, input: { source, model, anew } }) =>
    context.lab.weights.propose(source, model, anew),
  ),
  keep: weights.keep.handler(({ context, input: { source, model, rows } }) =>
    context.lab.weights.keep(source, model, rows),
  ),
})
