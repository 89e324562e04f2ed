import { implementation } from './implementation.ts'

const { update } = implementation

/** Newer versions of the program in the mirror in use, when a person asks. */
export const updateRouter = update.router({
  look: update.look.handler(({ context, signal }) => context.lab.updates.look(signal)),
  save: update.save.handler(({ context, input, signal }) =>
    context.lab.updates.save(input.archive, input.folder, signal),
  ),
  template: update.template.handler(({ context, input, signal }) => context.lab.updates.template(input.file, signal)),
})
