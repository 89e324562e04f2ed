import { imageName } from '../../layers/parts/fields.ts'
import { Layer } from '../../layers/registry.ts'
import { refuse } from '../../words/problems.ts'
import { unwired, wired, withInput } from './wiring.ts'

/**
 * Gives a layer another name; every layer that takes it follows.
 * @throws LabError `layer-name-taken` or `layer-name-unfit`.
 */
export function renameLayer(layers: readonly Layer[], name: string, next: string): readonly Layer[] {
  const layer = layers.find((one) => one.name === name)
  if (layer === undefined || name === next) return layers
  if (layers.some((one) => one.name === next)) refuse('layer-name-taken', { name: next })
  if (next === imageName || !Layer.safeParse({ ...layer, name: next }).success)
    refuse('layer-name-unfit', { name: next })
  const renamed = wired(layers).map((one) => {
    const taking = withInput(one, name, next)
    return one.layer === layer ? { ...taking, layer: { ...layer, name: next } } : taking
  })
  return unwired(renamed)
}
