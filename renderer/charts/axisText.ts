import * as m from '../messages/compiled/messages.js'
import type { Formats } from '../text/formats.ts'
import { powerText } from '../text/powerText.ts'
import type { Axis } from './axis.ts'
import type { Counting } from './ticks.ts'

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

/** What the numbers of this axis count. */
export function countingOf(axis: Axis): Counting {
  return ({ step: 'whole', epoch: 'numbers', time: 'seconds' } as const)[axis]
}

/** Decimals with which ticks so far apart differ. */
function decimalsFor(step: number): number {
  return step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))
}

/** A share as an axis label; decimals appear only where ticks are less than one percent apart. */
export function percentTick(value: number, step: number, format: Formats): string {
  return format.percent(value, decimalsFor(step * 100))
}

/** A difference of shares as an axis label, in percentage points, with as many decimals as the tick spacing needs. */
export function pointsTick(value: number, step: number, format: Formats): string {
  return format.signed(value * 100, decimalsFor(step * 100))
}

/** From this size on, and for ticks closer than this, numbers are written with a power of ten. */
const large = 100_000
const fine = 1e-4

/** A loss as an axis label, with as many decimals as the tick spacing needs, or as a power of ten. */
export function lossTick(value: number, step: number, format: Formats): string {
  if (step < fine) return value === 0 ? '0' : powerText(value, format)
  if (Math.abs(value) >= large) return powerText(value, format)
  return format.decimal(value, decimalsFor(step))
}

/** A learning rate as an axis label: 0.0001, or as a power of ten where that is shorter. */
export function rateTick(value: number, step: number, format: Formats): string {
  return step < fine / 10 ? lossTick(value, step, format) : format.figures(value)
}

/** A loss under the cursor and in tables: three decimals, or as a power of ten where these would not say it. */
export function lossText(value: number, format: Formats): string {
  const size = Math.abs(value)
  return value !== 0 && (size >= large || size < 0.001) ? powerText(value, format) : format.decimal(value, 3)
}
