import type { SweepResult } from '../../core/sweep/measuredPoints.ts'
import type { SweepSetting } from '../../core/sweep/sweepSettings.ts'
import { type AxisForm, newAxis, newSweep, type SweepForm } from './sweepForm.ts'

/** Part of an axis of parallel coordinates that is brushed: 0 is its lower end, 1 its upper one. */
export type Brush = readonly [low: number, high: number]

/** The view and the form of the page Sweeps. They live as long as the window. */
class SweepsPage {
  formOpen = $state(false)
  form = $state.raw<SweepForm>(newSweep)
  /** The result that the figures show. */
  result = $state<SweepResult>('accuracy')
  /** Brushes by the place of their axis; axes without one are whole. */
  brushes = $state.raw<ReadonlyMap<number, Brush>>(new Map())
  /** The settings of the scatter and the heat map, by their place in the sweep. */
  across = $state(0)
  up = $state(1)

  change(change: Partial<SweepForm>): void {
    this.form = { ...this.form, ...change }
  }

  addAxis(setting: SweepSetting, text: (value: number) => string): void {
    this.change({ axes: [...this.form.axes, newAxis(setting, text)] })
  }

  removeAxis(setting: string): void {
    this.change({ axes: this.form.axes.filter((axis) => axis.setting !== setting) })
  }

  changeAxis(setting: string, change: Partial<AxisForm>): void {
    this.change({ axes: this.form.axes.map((axis) => (axis.setting === setting ? { ...axis, ...change } : axis)) })
  }

  brush(axis: number, brush: Brush | null): void {
    const others = [...this.brushes].filter(([place]) => place !== axis)
    const isWhole = brush === null || (brush[0] <= 0 && brush[1] >= 1)
    this.brushes = new Map(isWhole ? others : [...others, [axis, brush] as const])
  }

  forgetBrushes(): void {
    this.brushes = new Map()
  }
}

export const sweepsPage = new SweepsPage()
