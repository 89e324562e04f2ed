import { implementation } from './implementation.ts'

const { lab } = implementation

/** The state of the lab and its events. */
export const labRouter = lab.router({
  status: lab.status.handler(({ context }) => context.lab.status()),
  about: lab.about.handler(({ context }) => context.lab.about()),
  openFolder: lab.openFolder.handler(({ context, input }) => context.lab.openFolder(input)),
  events: lab.events.handler(({ context, input, signal }) => context.lab.events.follow(input.after, signal)),
})
