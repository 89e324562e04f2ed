import { imageName } from '../../core/layers/parts/fields.ts'
import type { ValuePlace } from '../../core/layers/parts/reach.ts'
import type { LayerGeometry } from '../../core/network/geometry.ts'
import { kernelOf } from '../../core/network/kernelLayer.ts'
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

/** 24²×64 for square maps or kernels, 24×20×64 for others, 256 for a vector, 128×10 for a matrix. */
export function shortShape(shape: readonly number[]): string {
  const [height, width, ...channels] = shape
  if (channels.length === 0) return shape.join('×')
  return [height === width ? `${height}²` : `${height}×${width}`, ...channels].join('×')
}

/** The layers that have kernels, with the shapes of these. */
export function kernelShapes(measured: readonly LayerGeometry[]): NamedShape[] {
  return measured.flatMap((geometry) => {
    const kernel = kernelOf(geometry)
    return kernel === null ? [] : [{ name: geometry.layer.name, shape: kernel.shape }]
  })
}

/** What one value of a layer is called. */
export function valueName(layer: string, shape: readonly number[], { map, y, x }: ValuePlace): string {
  const name = mapName(layer, shape, map)
  return shape.length < 3 ? name : m.map_name_at({ map: name, y: String(y), x: String(x) })
}

/** What a map of a layer is called; a vector has units. */
export function mapName(layer: string, shape: readonly number[], map: number): string {
  if (layer === imageName) return m.map_of_input({ map: String(map) })
  const said = { layer, map: String(map) }
  return shape.length < 3 ? m.unit_of(said) : m.map_of(said)
}
