import type { KeptCharts } from '../../core/contract/choicesContract.ts'
import type { Metric } from '../../core/run/run.ts'
import type { Axis } from '../charts/axis.ts'
import type { Smoothing } from '../charts/smoothing.ts'

/** An axis that can be logarithmic: the x axes of the two pages, and the y axis of each chart. */
export type LogAxis = 'trainX' | 'trainAccuracy' | 'trainLoss' | 'trainRate' | 'compareX' | Metric

/** View settings of the charts on Train and Compare. They are kept in the home folder. */
export class ChartChoices {
  /** Null until a person chooses. Until then the default for the length of the visible runs applies. */
  smoothing = $state<Smoothing | null>(null)
  trainAxis = $state<Axis>('step')
  compareAxis = $state<Axis>('step')
  /** At least one; each has a chart. */
  compareMetrics = $state.raw<readonly Metric[]>(['testAccuracy'])
  /** Whether runs that repeat each other are shown as their mean. */
  repeatsAsOne = $state(true)
  /** Pixels; null: as the window is high. */
  compareHeight = $state<number | null>(null)
  logarithmic = $state.raw<readonly LogAxis[]>([])

  /** All of them, to be kept. */
  kept(): KeptCharts {
    const { smoothing, trainAxis, compareAxis, compareMetrics, repeatsAsOne, compareHeight, logarithmic } = this
    return {
      smoothing,
      trainAxis,
      compareAxis,
      compareMetrics: [...compareMetrics],
      repeatsAsOne,
      compareHeight,
      logarithmic: [...logarithmic],
    }
  }

  /** Takes what was kept. */
  restore(kept: KeptCharts): void {
    Object.assign(this, kept)
  }

  isLogarithmic(axis: LogAxis): boolean {
    return this.logarithmic.includes(axis)
  }

  setLogarithmic(axis: LogAxis, logarithmic: boolean): void {
    const others = this.logarithmic.filter((one) => one !== axis)
    this.logarithmic = logarithmic ? [...others, axis] : others
  }
}

export const chartChoices = new ChartChoices()
