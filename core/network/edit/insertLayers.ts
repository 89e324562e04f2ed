import type { Layer } from '../../layers/registry.ts'
import type { Block } from './freshName.ts'
import { goingOn, unwired, wired, withInput, type WiredLayer } from './wiring.ts'

/**
 * Puts layers behind `after` in the list. What went on after it goes on after the last of them.
 * @param after A layer's name, or `input` for the place before the first.
 * @param block Layers in order, with names that the network does not have yet. The first takes `after` unless it names
 *   something else.
 */
export function insertWired(
  all: readonly WiredLayer[],
  after: string,
  block: readonly [WiredLayer, ...WiredLayer[]],
): WiredLayer[] {
  const place = all.findIndex(({ layer }) => layer.name === after) + 1
  const last = block[block.length - 1].layer.name
  const moved = goingOn(all, after)
  const rewired = all.map((one) => {
    // A merge that takes both already would take the same thing twice.
    if (!moved.includes(one.layer.name) || one.inputs.includes(last)) return one
    return withInput(one, after, last)
  })
  return [...rewired.slice(0, place), ...block, ...rewired.slice(place)]
}

/**
 * Puts a layer or a block of layers behind `after`; see `insertWired`.
 * @param block The first takes `after` where it names no input.
 */
export function insertLayers(layers: readonly Layer[], after: string, block: Block): readonly Layer[] {
  const [first, ...others] = wired(block)
  const begin: WiredLayer = block[0].from === undefined ? { ...first, inputs: [after] } : first
  return unwired(insertWired(wired(layers), after, [begin, ...others]))
}
