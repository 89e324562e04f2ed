import { beginChecked, beginRun } from './beginRun.ts'
import { implementation } from './implementation.ts'

const { queue } = implementation

/** The queue of runs. */
export const queueRouter = queue.router({
  add: queue.add.handler(({ context, input }) => beginRun(context.lab, 'enqueue', input)),
  repeat: queue.repeat.handler(({ context: { lab }, input }) =>
    beginChecked(lab, input.request.config, input.eventFolder, () => lab.runs.repeat(input)),
  ),
  resume: queue.resume.handler(({ context, input }) =>
    context.lab.runs.resumeLater(input.run, input.goal, input.healthEvery),
  ),
  move: queue.move.handler(({ context, input }) => context.lab.runs.queue.move(input.run, input.to)),
  cancel: queue.cancel.handler(({ context, input }) => context.lab.runs.queue.cancel(input.run)),
  goOn: queue.goOn.handler(({ context }) => context.lab.runs.queue.goOn()),
})
