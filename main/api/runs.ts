import { adviceOn } from '../../core/advice/adviceOn.ts'
import { packedRows } from '../../core/run/metricRows.ts'
import { diskUse } from '../diskUse.ts'
import { kernelWeights } from '../inspect/kernelWeights.ts'
import { observeRun } from '../training/observeRun.ts'
import { beginRun } from './beginRun.ts'
import { curvesInPieces } from './curvesInPieces.ts'
import { implementation } from './implementation.ts'

const { runs } = implementation

/** The runs: their history, and the one that trains. */
export const runsRouter = runs.router({
  list: runs.list.handler(({ context }) => ({ total: context.lab.history.keptRuns(), runs: context.lab.runs.list() })),
  page: runs.page.handler(({ context, input }) => context.lab.history.table.page(input)),
  groups: runs.groups.handler(({ context, input }) => context.lab.history.table.groups(input)),
  known: runs.known.handler(({ context }) => context.lab.history.table.known()),
  some: runs.some.handler(({ context, input }) => context.lab.runs.some(input.runs)),
  mark: runs.mark.handler(({ context, input }) => {
    const { runs: count, spelled } = context.lab.runs.shelves.mark(input.runs, input.changes)
    return { runs: count, spelled: [...spelled] }
  }),
  delete: runs.delete.handler(({ context, input }) => {
    const deleted = context.lab.runs.shelves.delete(input.runs)
    context.lab.runs.sweeps.forget()
    return deleted
  }),
  restore: runs.restore.handler(({ context, input }) => {
    const restored = context.lab.runs.shelves.restore(input.runs)
    context.lab.runs.sweeps.forget()
    return restored
  }),
  emptyBin: runs.emptyBin.handler(({ context, input, signal }) =>
    context.lab.runs.shelves.emptyBin(input.runs ?? null, signal),
  ),
  giveBackSpace: runs.giveBackSpace.handler(({ context, input }) => context.lab.runs.shelves.giveBackSpace(input.runs)),
  diskUse: runs.diskUse.handler(({ context, input }) =>
    diskUse(context.lab.home, context.lab.history, input.runs ?? []),
  ),
  detail: runs.detail.handler(({ context, input }) => context.lab.runs.detail(input.run)),
  request: runs.request.handler(({ context, input }) => context.lab.runs.request(input.run)),
  changed: runs.changed.handler(({ context, input: { run, at, changes } }) =>
    context.lab.runs.changed(run, at, changes),
  ),
  start: runs.start.handler(({ context, input }) => beginRun(context.lab, 'start', input)),
  why: runs.why.handler(async ({ context, input }) => ({ hints: adviceOn(await observeRun(context.lab, input.run)) })),
  pause: runs.pause.handler(({ context, input }) => context.lab.runs.hold(input.run, 'paused')),
  stop: runs.stop.handler(({ context, input }) => context.lab.runs.hold(input.run, 'stopped')),
  resume: runs.resume.handler(({ context, input }) =>
    context.lab.runs.resume(input.run, input.goal, input.healthEvery),
  ),
  curves: runs.curves.handler(({ context, input, signal }) => curvesInPieces(context.lab, input, signal)),
  steps: runs.steps.handler(({ context, input }) => packedRows(context.lab.history.steps(input))),
  evaluations: runs.evaluations.handler(({ context, input }) => context.lab.history.evaluations(input)),
  health: runs.health.handler(({ context, input }) => context.lab.history.health(input)),
  healthHistograms: runs.healthHistograms.handler(({ context, input }) => context.lab.history.healthHistograms(input)),
  healthRows: runs.healthRows.handler(({ context, input }) => context.lab.history.healthRows(input)),
  fitToTime: runs.fitToTime.handler(({ context, input, signal }) =>
    context.lab.runs.trials.fitToTime(input.request, input.seconds, signal),
  ),
  proveResume: runs.proveResume.handler(({ context, input, signal }) => context.lab.runs.trials.prove(input, signal)),
  evaluate: runs.evaluate.handler(({ context, input }) =>
    context.lab.runs.checkpoints.evaluate(input.run, input.checkpoint),
  ),
  weights: runs.weights.handler(({ context, input }) => kernelWeights(context.lab.inspection, input)),
  export: runs.export.handler(({ context, input }) => context.lab.runs.checkpoints.export(input)),
  endEvents: runs.endEvents.handler(({ context, input }) => context.lab.runs.endEvents(input.run)),
})
