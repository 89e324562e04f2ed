import { Layer } from '../../layers/registry.ts'
import { isMerging, unwired, wired } from './wiring.ts'

/**
 * Gives a setting of a layer another value.
 * @param value Undefined leaves the setting out.
 * @returns The same list where the layer has no such setting or does not take the value.
 */
export function changeLayer(layers: readonly Layer[], name: string, setting: string, value: unknown): readonly Layer[] {
  return layers.map((layer) => {
    if (layer.name !== name) return layer
    const others = Object.entries(layer).filter(([key]) => key !== setting)
    const changed = Layer.safeParse(Object.fromEntries(value === undefined ? others : [...others, [setting, value]]))
    return changed.success ? changed.data : layer
  })
}

/** Lets a layer take other layers, or the image: one, or for a layer that merges two or more. */
export function changeInputs(layers: readonly Layer[], name: string, inputs: readonly string[]): readonly Layer[] {
  return unwired(
    wired(layers).map((one) => {
      if (one.layer.name !== name) return one
      const enough = isMerging(one.layer) ? inputs.length >= 2 : inputs.length === 1
      return enough ? { ...one, inputs } : one
    }),
  )
}
