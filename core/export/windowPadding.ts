import { extentAfter, type Padding, windowStart } from '../network/windows.ts'
import type { Shape } from '../network/shapes.ts'

/** Rows and columns that padding adds around a map. */
export interface MapPadding {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

interface PaddedWindow {
  readonly stride: number
  readonly padding: Padding
}

/** What is added before and after an extent so that all windows find values. */
function around(extent: number, size: number, { stride, padding }: PaddedWindow): readonly [number, number] {
  const before = -windowStart(0, extent, size, stride, padding)
  const last = windowStart(extentAfter(extent, size, stride, padding) - 1, extent, size, stride, padding)
  return [before, Math.max(0, last + size - extent)]
}

/** The padding of a window in numbers. TensorFlow's SAME puts what is odd below and to the right. */
export function mapPadding(shape: Shape, height: number, width: number, window: PaddedWindow): MapPadding {
  const [rows, columns = 1] = shape
  const [top, bottom] = around(rows, height, window)
  const [left, right] = around(columns, width, window)
  return { top, left, bottom, right }
}

/** Whether padding adds anything. */
export function pads({ top, left, bottom, right }: MapPadding): boolean {
  return top + left + bottom + right > 0
}
