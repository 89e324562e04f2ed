import type { MapShape, Shape } from './shapes.ts'
import { extentAfter, type Padding, windowStart, type WindowSteps } from './windows.ts'

/**
 * One axis of a window that moves over a map. The result is `floor((extent - window + before + after) / stride) + 1`.
 * For `valid` padding before and after are 0; with stride 1 that is the lab's `mW - kW + 1`. For `same` padding it
 * is `ceil(extent / stride)`.
 */
export interface AxisFormula {
  /** Of the map that comes in. */
  readonly extent: number
  readonly window: number
  /** Zeros beyond the edges. */
  readonly before: number
  readonly after: number
  readonly result: number
}

/** How the shape of a layer's output follows from what comes in, as numbers to put into words. */
export type ShapeFormula =
  /** A window over height and width; `pools` where it has no kernel. */
  | {
      readonly kind: 'window'
      readonly height: AxisFormula
      readonly width: AxisFormula
      readonly stride: number
      readonly padding: Padding
      readonly channels: number
      readonly pools: boolean
    }
  /** One value a map, from all its places. */
  | { readonly kind: 'whole-map'; readonly map: MapShape }
  /** All values behind each other: their product. */
  | { readonly kind: 'flattened'; readonly factors: Shape; readonly units: number }
  /** As many as the layer has units. */
  | { readonly kind: 'units'; readonly inputs: number; readonly units: number }
  /** The channels, or units, of several inputs together. */
  | { readonly kind: 'joined'; readonly parts: readonly number[]; readonly sum: number }
  /** The shape that comes in. */
  | { readonly kind: 'unchanged'; readonly shape: Shape }

function axisFormula(extent: number, window: number, { stride, padding }: WindowSteps): AxisFormula {
  const result = extentAfter(extent, window, stride, padding)
  if (padding === 'valid') return { extent, window, before: 0, after: 0, result }
  const before = 0 - windowStart(0, extent, window, stride, padding)
  const reached = (result - 1) * stride + window
  return { extent, window, before, after: Math.max(0, reached - extent) - before, result }
}

/**
 * The formula of a window.
 * @param window Its height and width.
 */
export function windowFormula(
  [height, width]: MapShape,
  window: readonly [number, number],
  steps: WindowSteps,
  channels: number,
  pools: boolean,
): ShapeFormula {
  return {
    kind: 'window',
    height: axisFormula(height, window[0], steps),
    width: axisFormula(width, window[1], steps),
    stride: steps.stride,
    padding: steps.padding,
    channels,
    pools,
  }
}
