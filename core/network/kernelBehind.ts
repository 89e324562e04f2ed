import { measure } from './geometry.ts'
import { kernelOf } from './kernelLayer.ts'
import type { Model } from './model.ts'

/** Number of maps, or units. */
function maps(shape: readonly number[]): number {
  return shape[shape.length - 1]
}

/**
 * The layer whose kernels made the maps of a layer, kernel by kernel: itself, or the one before it through layers that
 * take map after map alone, such as a normalisation, an activation or a pool.
 * @returns null where there is none, as after an addition, or for the image itself.
 */
export function kernelBehind(model: Model, layer: string): string | null {
  const measured = measure(model)
  let name = layer
  for (;;) {
    const found = measured.find((one) => one.layer.name === name)
    if (found === undefined) return null
    if (kernelOf(found) !== null) return name
    const [input, ...others] = found.inputs
    if (others.length > 0 || maps(input.shape) !== maps(found.output)) return null
    name = input.from
  }
}
