import type { Metric } from '../../core/run/run.ts'
import type { Axis } from '../charts/axis.ts'
import type { Smoothing } from '../charts/smoothing.ts'

/** How the charts of Train and of Compare are looked at; kept while the window lives. */
class ChartChoices {
  /** Null until a person chooses: then what suits the length of the runs in view. */
  smoothing = $state<Smoothing | null>(null)
  trainAxis = $state<Axis>('step')
  compareAxis = $state<Axis>('step')
  compareMetric = $state<Metric>('testAccuracy')
}

export const chartChoices = new ChartChoices()
