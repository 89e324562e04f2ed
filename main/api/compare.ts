import { implementation } from './implementation.ts'

const { compare } = implementation

/** Runs side by side. */
export const compareRouter = compare.router({
  runs: compare.runs.handler(({ context, input }) => context.lab.history.comparison(input.runs)),
  evaluations: compare.evaluations.handler(({ context, input }) => context.lab.history.commonEvaluations(input)),
})
