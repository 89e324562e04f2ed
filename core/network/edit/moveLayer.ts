import { imageName } from '../../layers/parts/fields.ts'
import type { Layer } from '../../layers/registry.ts'
import { insertWired } from './insertLayers.ts'
import { goingOn, isMerging, unwired, wired, withInput, type WiredLayer } from './wiring.ts'

/** Whether every layer stands behind all that it takes. */
function isInOrder(all: readonly WiredLayer[]): boolean {
  const before = new Set<string>([imageName])
  return all.every(({ layer, inputs }) => {
    const known = inputs.every((input) => before.has(input))
    before.add(layer.name)
    return known
  })
}

/** With a layer that merges at another place. It keeps its inputs. */
function mergeAt(all: readonly WiredLayer[], one: WiredLayer, place: number): readonly WiredLayer[] {
  const rest = all.filter((other) => other !== one)
  return [...rest.slice(0, place), one, ...rest.slice(place)]
}

/** With a layer of one input at another place: taken out there, and put behind what stands before it here. */
function layerAt(all: readonly WiredLayer[], one: WiredLayer, place: number): readonly WiredLayer[] {
  const { name } = one.layer
  const rest = all.filter((other) => other !== one)
  const following = new Set(goingOn(all, name))
  const closed = rest.map((other, index) => {
    const keeps = !following.has(other.layer.name) && index >= place
    return keeps ? other : withInput(other, name, one.inputs[0])
  })
  const before = place === 0 ? imageName : closed[place - 1].layer.name
  return insertWired(closed, before, [{ ...one, inputs: [before] }])
}

/**
 * Moves a layer to a place in the list, counted without it. A layer of one input is taken out of its chain and put
 * into the one of the layer before its new place; layers further down that name it keep it as long as they stand
 * behind it. A layer that merges keeps its inputs, and so stays behind them.
 * @returns The same list where the move would put a layer before what it takes.
 */
export function moveLayer(layers: readonly Layer[], name: string, place: number): readonly Layer[] {
  const all = wired(layers)
  const from = all.findIndex(({ layer }) => layer.name === name)
  const to = Math.min(Math.max(0, place), layers.length - 1)
  if (from < 0 || from === to) return layers
  const one = all[from]
  const after = isMerging(one.layer) ? mergeAt(all, one, to) : layerAt(all, one, to)
  return isInOrder(after) ? unwired(after) : layers
}
