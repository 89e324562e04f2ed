import { implementation } from './implementation.ts'

const { choices } = implementation

/** What a person has chosen in a window. */
export const choicesRouter = choices.router({
  read: choices.read.handler(({ context }) => context.lab.history.choices.read()),
  write: choices.write.handler(({ context, input }) => context.lab.history.choices.write(input)),
})
