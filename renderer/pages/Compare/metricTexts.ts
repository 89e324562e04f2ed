import type { Metric } from '../../../core/run/run.ts'
import { lossText, lossTick, percentTick, pointsTick } from '../../charts/axisText.ts'
import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../../text/formats.ts'
import type { TermId } from '../../text/terms/terms.ts'
import { isShare } from './compareSeries.ts'

const names: Record<Metric, () => string> = {
  testAccuracy: m.metric_test_accuracy,
  testLoss: m.metric_test_loss,
  validationAccuracy: m.metric_validation_accuracy,
  validationLoss: m.metric_validation_loss,
  accuracy: m.metric_accuracy,
  loss: m.metric_loss,
}

const terms: Record<Metric, TermId> = {
  testAccuracy: 'test-accuracy',
  testLoss: 'test-loss',
  validationAccuracy: 'validation-accuracy',
  validationLoss: 'validation-loss',
  accuracy: 'training-accuracy',
  loss: 'training-loss',
}

/** The term of a curve. */
export function metricTerm(metric: Metric): TermId {
  return terms[metric]
}

export function metricName(metric: Metric): string {
  return names[metric]()
}

export function metricText(metric: Metric, value: number, format: Formats): string {
  return isShare(metric) ? format.percent(value) : lossText(value, format)
}

/** A value as an axis label; `step` is the distance between two ticks. */
export function metricTick(metric: Metric, value: number, step: number, format: Formats): string {
  return isShare(metric) ? percentTick(value, step, format) : lossTick(value, step, format)
}

/** A difference of two values: of accuracies in percentage points. */
export function differenceText(metric: Metric, value: number, format: Formats): string {
  return isShare(metric) ? m.pair_points({ value: format.signed(value * 100, 2) }) : lossText(value, format)
}

/** A difference as an axis label. */
export function differenceTick(metric: Metric, value: number, step: number, format: Formats): string {
  return isShare(metric) ? pointsTick(value, step, format) : lossTick(value, step, format)
}
