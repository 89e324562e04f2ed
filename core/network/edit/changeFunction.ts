import type { ActivationFunction } from '../../layers/parts/activationFunction.ts'
import type { Layer } from '../../layers/registry.ts'
import { changeLayer } from './changeLayer.ts'
import { freshName, stemOf } from './freshName.ts'
import { renameLayer } from './renameLayer.ts'

/**
 * Gives an activation another function. A name that says the old one, such as `relu_2`, says the new one then; a name
 * that a person chose stays.
 */
export function changeFunction(
  layers: readonly Layer[],
  name: string,
  chosen: ActivationFunction,
): { readonly layers: readonly Layer[]; readonly name: string } {
  const changed = changeLayer(layers, name, 'function', chosen)
  const [before, after] = [layers, changed].map((all) => all.find((layer) => layer.name === name))
  if (before === undefined || after === undefined) return { layers, name }
  const [old, stem] = [stemOf(before), stemOf(after)]
  if (old === stem || !new RegExp(`^${old}_\\d+$`).test(name)) return { layers: changed, name }
  const next = freshName(stem, new Set(layers.map((layer) => layer.name)))
  return { layers: renameLayer(changed, name, next), name: next }
}
