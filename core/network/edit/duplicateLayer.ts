import type { Layer } from '../../layers/registry.ts'
import { withFreshNames } from './freshName.ts'
import { insertLayers } from './insertLayers.ts'
import { isMerging, withoutSource } from './wiring.ts'

/** The layer's stem as it was given: `body` of `body_2`. */
function ownStem({ name }: Layer): string {
  return name.replace(/_\d{1,6}$/, '')
}

/** A copy of the same settings that takes the original. One that merges takes it in the place of its first input. */
function copyOf(layer: Layer): Layer {
  return isMerging(layer) ? { ...layer, from: [layer.name, ...layer.from.slice(1)] } : withoutSource(layer)
}

/** Puts a copy of a layer behind it, with a fresh name. */
export function duplicateLayer(
  layers: readonly Layer[],
  name: string,
): { readonly layers: readonly Layer[]; readonly copy: string } {
  const layer = layers.find((one) => one.name === name)
  if (layer === undefined) return { layers, copy: name }
  const taken = layers.map((one) => one.name)
  // Renamed before it takes the original, whose name it has until then.
  const [fresh] = withFreshNames([{ ...layer }], taken, ownStem)
  const copy = { ...copyOf(layer), name: fresh.name }
  return { layers: insertLayers(layers, name, [copy]), copy: copy.name }
}
