import type { Explained } from '../inspect/sums/layerSum.ts'
import type { MapPlace } from '../inspect/mapPlace.ts'
import type { ValuePlace } from '../layers/parts/reach.ts'
import { windowStart } from '../network/windows.ts'
import type { LessonWindow } from './layers.ts'
import type { OneLayer } from './oneLayer.ts'

/** A part of a map: the row and column where it begins, and its extents. It may reach beyond the edges. */
export interface MapRegion extends MapPlace {
  readonly height: number
  readonly width: number
}

/** What a layer with a window makes of an image, and how it comes to one of its values. */
export interface WindowReading {
  /** `[height, width]`, row by row. */
  readonly map: { readonly values: Float64Array; readonly height: number; readonly width: number }
  /** The value that is read. */
  readonly at: ValuePlace
  /** What of the image lies under the window there. */
  readonly patch: MapRegion
  readonly explained: Explained
}

/**
 * Reads a layer of one map.
 * @param image Extents of what comes in, `[height, width, 1]`.
 * @param place The wanted value; one beyond the edge of a smaller map is the last one.
 */
export function windowReading(
  layer: OneLayer,
  [height, width]: readonly [number, number, number],
  { size, stride, padding }: LessonWindow,
  place: MapPlace,
): WindowReading {
  const [rows, columns = 1] = layer.shape
  const at = { map: 0, y: Math.min(place.y, rows - 1), x: Math.min(place.x, columns - 1) }
  return {
    map: { values: layer.values(), height: rows, width: columns },
    at,
    patch: {
      y: windowStart(at.y, height, size, stride, padding),
      x: windowStart(at.x, width, size, stride, padding),
      height: size,
      width: size,
    },
    explained: layer.explain(at),
  }
}
