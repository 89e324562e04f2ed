import { implementation } from './implementation.ts'

const { sweeps } = implementation

/** Sweeps over settings. */
export const sweepsRouter = sweeps.router({
  list: sweeps.list.handler(({ context }) => context.lab.runs.sweeps.list()),
  show: sweeps.show.handler(({ context, input }) => context.lab.runs.sweeps.show(input.sweep)),
  start: sweeps.start.handler(({ context, input }) =>
    context.lab.runs.branchPoints.with(input.plan.base.config, () =>
      context.lab.runs.sweeps.start(input.plan, input.confirmed),
    ),
  ),
  send: sweeps.send.handler(({ context, input, signal }) => context.lab.runs.sweeps.send(input, signal)),
  pause: sweeps.pause.handler(({ context, input }) => context.lab.runs.sweeps.pause(input.sweep, input.here)),
  resume: sweeps.resume.handler(({ context, input }) => context.lab.runs.sweeps.resume(input.sweep)),
  delete: sweeps.delete.handler(({ context, input }) =>
    context.lab.runs.sweeps.delete(input.sweep, input.runs === 'bin'),
  ),
  restore: sweeps.restore.handler(({ context, input }) => context.lab.runs.sweeps.restore(input.sweep)),
  cancel: sweeps.cancel.handler(({ context, input }) => context.lab.runs.sweeps.cancel(input.sweep, input.here)),
})
