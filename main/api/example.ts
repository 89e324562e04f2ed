import { implementation } from './implementation.ts'

const { example } = implementation

/** The example that comes with Conv Lab. */
export const exampleRouter = example.router({
  state: example.state.handler(({ context }) => context.lab.example.state()),
  takeIn: example.takeIn.handler(({ context, input }) => context.lab.example.takeIn(input.language)),
  remove: example.remove.handler(({ context }) => context.lab.example.remove()),
})
