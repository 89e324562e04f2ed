import { imageName } from '../layers/parts/fields.ts'
import { oneAt, type Region, type Span, type ValuePlace, wholeRegion } from '../layers/parts/reach.ts'
import { rulesOf } from '../layers/registry.ts'
import { type LayerGeometry, measure } from './geometry.ts'
import type { Model } from './model.ts'

/** A rectangle in pixels of what enters the network. */
export interface Rectangle {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/** The pixels that a value is computed from. Where ways through branches meet, the smallest rectangle with all of them. */
export interface ReceptiveField {
  /** As if the image went on beyond its edges: padding counts, so that it has one size all over a map. */
  readonly whole: Rectangle
  /** The pixels of the image in it. */
  readonly seen: Rectangle
  /** How many rows and columns of the whole lie beyond each edge. */
  readonly beyond: { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }
}

function joined(one: Span, other: Span): Span {
  return { first: Math.min(one.first, other.first), end: Math.max(one.end, other.end) }
}

/** The parts with another one: in one rectangle with that of the same maps. */
function withPart(parts: readonly Region[], part: Region): readonly Region[] {
  const same = parts.find(({ maps }) => maps.first === part.maps.first && maps.end === part.maps.end)
  if (same === undefined) return [...parts, part]
  const rows = joined(same.rows, part.rows)
  const columns = joined(same.columns, part.columns)
  return [...parts.filter((one) => one !== same), { rows, columns, maps: part.maps }]
}

function cut({ first, end }: Span, within: Span): Span {
  return { first: Math.max(first, within.first), end: Math.min(end, within.end) }
}

/**
 * Walks from a value back to the image.
 * @param clipped Whether each layer is asked only for values that it has. Without, padding counts as if it were
 *   computed from pixels, too.
 */
function rectangleFor(
  measured: readonly LayerGeometry[],
  layer: string,
  { map, y, x }: ValuePlace,
  clipped: boolean,
): Rectangle {
  const value: Region = { rows: oneAt(y), columns: oneAt(x), maps: oneAt(map) }
  const parts = new Map<string, readonly Region[]>([[layer, [value]]])
  for (const one of measured.toReversed()) {
    for (const region of parts.get(one.layer.name) ?? []) {
      const reached = rulesOf(one.layer).reach?.(one, region) ?? one.inputs.map(() => region)
      for (const [index, { from, shape }] of one.inputs.entries()) {
        const part = reached[index]
        if (part === null) continue
        const all = wholeRegion(shape)
        const existing = { ...part, rows: cut(part.rows, all.rows), columns: cut(part.columns, all.columns) }
        parts.set(from, withPart(parts.get(from) ?? [], clipped ? existing : part))
      }
    }
  }
  const [first, ...others] = parts.get(imageName) ?? []
  if (first === undefined) throw new Error(`the network has no layer ${layer}`)
  const rows = others.reduce((span, part) => joined(span, part.rows), first.rows)
  const columns = others.reduce((span, part) => joined(span, part.columns), first.columns)
  return { top: rows.first, left: columns.first, height: rows.end - rows.first, width: columns.end - columns.first }
}

/**
 * The receptive field of a value of any layer, or of `input`, through strides, paddings, pools and branches. For a chain
 * of windows the size of the whole is that of equation 2 in Araujo, Norris & Sim 2019, "Computing receptive fields of
 * convolutional neural networks" (Distill). Within the rectangle some pixels may not count: a stride larger than its
 * window leaves gaps, and two branches may look at two places.
 * @throws LabError `model-invalid`; Error when there is no such layer.
 */
export function receptiveField(model: Model, layer: string, place: ValuePlace): ReceptiveField {
  const measured = measure(model)
  const whole = rectangleFor(measured, layer, place, false)
  const seen = rectangleFor(measured, layer, place, true)
  const { height, width } = model.input
  return {
    whole,
    seen,
    beyond: {
      top: Math.max(0, -whole.top),
      left: Math.max(0, -whole.left),
      bottom: Math.max(0, whole.top + whole.height - height),
      right: Math.max(0, whole.left + whole.width - width),
    },
  }
}
