import type { Scale } from './scale.ts'
import type { XRange } from './series.ts'
import { nearestIndex } from './series.ts'

interface Key {
  readonly key: string
  readonly shiftKey: boolean
}

/**
 * Where a key moves the cursor. Arrows move by one point, or by ten with Shift; Home and End go to the edges of the
 * visible range. Undefined for other keys; null without points.
 */
export function movedCursor(
  event: Key,
  stops: readonly number[],
  from: number | null,
  view: XRange,
): number | null | undefined {
  const inView = stops.filter((stop) => stop >= view.min && stop <= view.max)
  const last = inView.length - 1
  const stride = event.shiftKey ? 10 : 1
  const to = (index: number): number | null => inView.at(Math.min(last, Math.max(0, index))) ?? null
  switch (event.key) {
    case 'ArrowRight':
      return from === null ? to(0) : to(nearestIndex(inView, from) + stride)
    case 'ArrowLeft':
      return from === null ? to(last) : to(nearestIndex(inView, from) - stride)
    case 'Home':
      return to(0)
    case 'End':
      return to(last)
    default:
      return undefined
  }
}

/**
 * The view zoomed in (factor below 1) or out around the cursor, or around its middle without a cursor. Null once it
 * covers the full range. On a logarithmic axis the ratios of the ends are zoomed.
 */
export function zoomedAround(factor: number, cursor: number | null, view: Scale, extent: XRange): XRange | null {
  const to = view.logarithmic ? Math.log : (value: number): number => value
  const back = view.logarithmic ? Math.exp : (value: number): number => value
  const [least, most] = [to(extent.min), to(extent.max)]
  const middle = cursor === null || !(cursor > 0 || !view.logarithmic) ? (to(view.min) + to(view.max)) / 2 : to(cursor)
  const half = ((to(view.max) - to(view.min)) * factor) / 2
  if (half * 2 >= most - least) return null
  const min = Math.min(Math.max(least, middle - half), most - half * 2)
  return { min: back(min), max: back(min + half * 2) }
}
