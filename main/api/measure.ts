import { initialWeights } from '../inspect/initialWeights.ts'
import { implementation } from './implementation.ts'

const { measure } = implementation

/** What is measured of networks that need not have been trained. */
export const measureRouter = measure.router({
  initialWeights: measure.initialWeights.handler(({ context, input, signal }) =>
    initialWeights(context.lab.inspection, input, signal),
  ),
  time: measure.time.handler(({ context, input, signal }) => context.lab.runs.trials.stepTimes(input, signal)),
  costs: measure.costs.handler(({ context }) => context.lab.runs.trials.costs()),
  calibrate: measure.calibrate.handler(({ context, signal }) => context.lab.runs.trials.calibrate(signal)),
})
