import { type Health, silentShare } from '../../health/health.ts'
import type { MetricRows, TimedEvaluation } from '../../run/metricRows.ts'
import type { StepSummary } from './events.ts'

/** What was measured at consecutive steps. */
export interface MeasuredSteps {
  readonly rows: MetricRows
  /** Those among these steps, and at step 0 where they begin with step 1. */
  readonly evaluations: readonly TimedEvaluation[]
  /** Likewise. */
  readonly health: readonly Health[]
}

function evaluated({ loss, accuracy, validation }: TimedEvaluation): Record<string, number> {
  const tested = { 'loss/test': loss, 'accuracy/test': accuracy }
  if (validation === null) return tested
  return { ...tested, 'loss/validation': validation.loss, 'accuracy/validation': validation.accuracy }
}

/** What health says of each layer, but for what it has none of. */
function healthy({ layers }: Health): Pick<StepSummary, 'scalars' | 'histograms'> {
  const known = <Value>(entries: readonly (readonly [string, Value | null])[]): Record<string, Value> =>
    Object.fromEntries(entries.flatMap(([tag, value]) => (value === null ? [] : [[tag, value]])))
  return {
    scalars: known(
      layers.flatMap((one) => [
        [`silent/${one.layer}`, silentShare(one)],
        [`gradient_norm/${one.layer}`, one.gradientNorm],
        [`weight_norm/${one.layer}`, one.weightNorm],
        [`update_ratio/${one.layer}`, one.updateRatio],
      ]),
    ),
    histograms: known(
      layers.flatMap((one) => [
        [`weights/${one.layer}`, one.weights],
        [`activations/${one.layer}`, one.activations],
        [`gradients/${one.layer}`, one.gradients],
      ]),
    ),
  }
}

/**
 * What TensorBoard is told of these steps, the first ones first: curves of the batch, of the test set and of the images
 * held out, and the health of each layer.
 * @param begun Seconds since 1970 at which the run was begun; training seconds count from there.
 */
export function stepSummaries(begun: number, { rows, evaluations, health }: MeasuredSteps): StepSummary[] {
  const { first, loss, accuracy, seconds } = rows
  const evaluationAt = new Map(evaluations.map((one) => [one.step, one]))
  const healthAt = new Map(health.map((one) => [one.step, one]))
  const summaryOf = (step: number, since: number, batch: Readonly<Record<string, number>>): StepSummary => {
    const evaluation = evaluationAt.get(step)
    const measured = healthAt.get(step)
    const { scalars, histograms } = measured === undefined ? { scalars: {}, histograms: {} } : healthy(measured)
    const tested = evaluation === undefined ? {} : evaluated(evaluation)
    return { step, seconds: begun + since, scalars: { ...batch, ...tested, ...scalars }, histograms }
  }
  const summaries = loss.map((value, index) =>
    summaryOf(first + index, seconds[index], { 'loss/batch': value, 'accuracy/batch': accuracy[index] }),
  )
  const before = first === 1 && (evaluationAt.has(0) || healthAt.has(0))
  return before ? [summaryOf(0, 0, {}), ...summaries] : summaries
}
