import { imageName } from '../../layers/parts/fields.ts'
import type { Layer } from '../../layers/registry.ts'
import { isMerging, unwired, wired, withInput, type WiredLayer } from './wiring.ts'

/** What the layers after a removed one take instead: of several inputs the layer before it in the list, if it is one. */
function mainInput(all: readonly WiredLayer[], place: number): string {
  const { inputs } = all[place]
  const before = place === 0 ? imageName : all[place - 1].layer.name
  return inputs.includes(before) ? before : inputs[0]
}

/** Without a layer; what took it takes what it took. A merge that is left with one input goes, too. */
function without(all: readonly WiredLayer[], name: string): readonly WiredLayer[] {
  const place = all.findIndex(({ layer }) => layer.name === name)
  if (place < 0) return all
  const instead = mainInput(all, place)
  const rest = all
    .filter((_, index) => index !== place)
    .map((one): WiredLayer => {
      if (!one.inputs.includes(name)) return one
      const taking = withInput(one, name, instead)
      return isMerging(one.layer) ? { ...taking, inputs: [...new Set(taking.inputs)] } : taking
    })
  const idle = rest.find(({ layer, inputs }) => isMerging(layer) && inputs.length < 2)
  return idle === undefined ? rest : without(rest, idle.layer.name)
}

/**
 * Takes a layer out. What took it takes what it took; of a layer that merges, the input that stands before it in the
 * list. A merge that would be left with a single input is taken out as well.
 */
export function removeLayer(layers: readonly Layer[], name: string): readonly Layer[] {
  return unwired(without(wired(layers), name))
}
