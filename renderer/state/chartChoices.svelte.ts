import type { Metric } from '../../core/run/run.ts'
import type { Axis } from '../charts/axis.ts'
import type { Smoothing } from '../charts/smoothing.ts'

/** View settings of the charts on Train and Compare. They live as long as the window. */
class ChartChoices {
  /** Null until a person chooses. Until then the default for the length of the visible runs applies. */
  smoothing = $state<Smoothing | null>(null)
  trainAxis = $state<Axis>('step')
  compareAxis = $state<Axis>('step')
  compareMetric = $state<Metric>('testAccuracy')
}

export const chartChoices = new ChartChoices()
