import type { MeasuredLayer } from '../../layers/definition.ts'
import type { Region, ValuePlace } from '../../layers/parts/reach.ts'
import { oneAt } from '../../layers/parts/reach.ts'
import { rulesOf, type Layer } from '../../layers/registry.ts'
import type { Shape } from '../../network/shapes.ts'
import type { Computation } from '../valueSum.ts'

export type LayerOf<Kind extends Layer['kind']> = Extract<Layer, { kind: Kind }>

/** A value of a layer's output, and what it was computed from. */
export interface SumPlace<Kind> {
  readonly geometry: MeasuredLayer<Kind>
  /** The values of what comes in, in the shapes that the geometry says. */
  readonly inputs: readonly ArrayLike<number>[]
  /** The values of one of the layer's variables, by its role (`kernel`, `bias`, ...). */
  readonly read: (role: string) => ArrayLike<number>
  readonly at: ValuePlace
  /** The input channel whose products are wanted; null for the first one. */
  readonly inputChannel: number | null
}

/** A value in double precision, and how it came to be. */
export interface Explained {
  readonly computed: number
  readonly how: Computation
}

/** How a kind of layer comes to a value. */
export interface LayerSum<Kind> {
  explain(place: SumPlace<Kind>): Explained
}

/** Which part of each input the value was computed from; null for none of it. */
export function partsOf({ geometry, at: { map, y, x } }: SumPlace<Layer>): readonly (Region | null)[] {
  const region: Region = { rows: oneAt(y), columns: oneAt(x), maps: oneAt(map) }
  return rulesOf(geometry.layer).reach?.(geometry, region) ?? geometry.inputs.map(() => region)
}

/** The value of `[height, width, channels]` or `[units]` at a place. */
export function valueAt(values: ArrayLike<number>, [, width = 1, channels]: Shape, { map, y, x }: ValuePlace): number {
  return channels === undefined ? values[map] : values[(y * width + x) * channels + map]
}

/** The value of the first input at the same place, for layers that work value by value. */
export function valueBefore({ geometry, inputs, at }: SumPlace<unknown>): { from: string; value: number } {
  const [{ from, shape }] = geometry.inputs
  return { from, value: valueAt(inputs[0], shape, at) }
}
