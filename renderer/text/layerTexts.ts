import { imageName } from '../../core/layers/parts/fields.ts'
import type { LayerGeometry } from '../../core/network/geometry.ts'
import * as m from '../messages/compiled/messages.js'

/** A layer as a row of buttons shows it. */
export interface NamedShape {
  readonly name: string
  readonly shape: readonly number[]
}

/** The image and all layers of a network, in order. */
export function namedShapes(
  input: { readonly height: number; readonly width: number; readonly channels: number },
  measured: readonly LayerGeometry[],
): NamedShape[] {
  return [
    { name: imageName, shape: [input.height, input.width, input.channels] },
    ...measured.map(({ layer, output }) => ({ name: layer.name, shape: output })),
  ]
}

/** A layer's name as it is shown. */
export function layerName(name: string): string {
  return name === imageName ? m.layer_input() : name
}

/** 24²×64 for square maps, 24×20×64 for others, 256 for a vector. */
export function shortShape(shape: readonly number[]): string {
  const [height, width, channels] = shape
  if (shape.length < 3) return String(height)
  return height === width ? `${height}²×${channels}` : `${height}×${width}×${channels}`
}

/** What a map of a layer is called; a vector has units. */
export function mapName(layer: string, shape: readonly number[], map: number): string {
  const said = { layer: layerName(layer), map: String(map) }
  return shape.length < 3 ? m.unit_of(said) : m.map_of(said)
}
