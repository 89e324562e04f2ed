import { implementation } from './implementation.ts'

const { lab } = implementation

/** The state of the lab and its events. */
export const labRouter = lab.router({
  status: lab.status.handler(({ context }) => context.lab.status()),
  events: lab.events.handler(({ context, input, signal }) => context.lab.events.follow(input.after, signal)),
})
