import { z } from 'zod'

/** What a window may reach beyond the edge of a map: nothing (`valid`), or zeros that keep the extents (`same`). */
export const Padding = z.enum(['same', 'valid'])
export type Padding = z.infer<typeof Padding>

/** An extent or a stride of a window, in values of the map that comes in. */
export const WindowExtent = z.int().min(1).max(64)

/** Height and width of a window, in values of the map that comes in. */
export const WindowSize = z.strictObject({ height: WindowExtent, width: WindowExtent })
export type WindowSize = z.infer<typeof WindowSize>

/** How a window moves over a map. */
export interface WindowSteps {
  readonly stride: number
  readonly padding: Padding
}

/**
 * Extent after a window of `size` moved by `stride`, as TensorFlow counts `SAME` and `VALID` (0 where it does not fit).
 */
export function extentAfter(extent: number, size: number, stride: number, padding: Padding): number {
  return padding === 'same' ? Math.ceil(extent / stride) : Math.max(0, Math.floor((extent - size) / stride) + 1)
}

/**
 * Where the window of a place begins; negative where it begins in the padding. TensorFlow's `SAME` puts half of the
 * padding before the map, rounded down.
 */
export function windowStart(place: number, extent: number, size: number, stride: number, padding: Padding): number {
  if (padding === 'valid') return place * stride
  const reached = (extentAfter(extent, size, stride, padding) - 1) * stride + size
  return place * stride - Math.floor(Math.max(0, reached - extent) / 2)
}
