import * as m from '../messages/compiled/messages.js'
import type { Formats } from '../text/formats.ts'
import type { Axis } from './axis.ts'

export function axisName(axis: Axis): string {
  return { step: m.axis_step, epoch: m.axis_epoch, time: m.axis_time }[axis]()
}

/** The axis label of a position. Epochs get two decimals; below 0.1, two significant figures. */
export function axisText(axis: Axis, value: number, format: Formats): string {
  if (axis === 'step') return format.whole(value)
  return axis === 'epoch'
    ? format.figures(value < 0.1 ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100)
    : format.duration(value)
}

/** Whether the labels of this axis are whole numbers. Ticks closer than 1 would then repeat the same label. */
export function isWhole(axis: Axis): boolean {
  return axis !== 'epoch'
}

/** A share as an axis label; decimals appear only where ticks are less than one percent apart. */
export function percentTick(value: number, step: number, format: Formats): string {
  return format.percent(value, step < 0.01 ? 1 : 0)
}

/** A loss as an axis label, with as many decimals as the tick spacing needs. */
export function lossTick(value: number, step: number, format: Formats): string {
  return format.decimal(value, step >= 1 ? 0 : Math.min(4, Math.ceil(-Math.log10(step) - 1e-9)))
}
