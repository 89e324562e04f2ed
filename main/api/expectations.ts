import { implementation } from './implementation.ts'

const { expectations } = implementation

/** What a person expects of runs. */
export const expectationsRouter = expectations.router({
  list: expectations.list.handler(({ context }) => context.lab.history.expectations.all()),
  write: expectations.write.handler(({ context, input }) => context.lab.runs.expect(input.run, input.expectation)),
})
