import type { LayerGeometry } from './geometry.ts'
import { rulesOf } from '../layers/registry.ts'

/** The layer with every input from `from` replaced by `to`. */
export function redirected(geometry: LayerGeometry, from: string, to: string): LayerGeometry {
  return { ...geometry, inputs: geometry.inputs.map((input) => (input.from === from ? { ...input, from: to } : input)) }
}

/**
 * Whether the layer directly after this index takes its output as its only input, and no other layer uses that output.
 */
export function followedAlone(measured: readonly LayerGeometry[], place: number): boolean {
  const { name } = measured[place].layer
  const next = measured.at(place + 1)
  return (
    next !== undefined &&
    next.inputs.length === 1 &&
    measured.filter(({ inputs }) => inputs.some(({ from }) => from === name)).every((user) => user === next) &&
    next.inputs[0].from === name
  )
}

/**
 * Swaps the layer at this index with the next one, which must be the only user of its output. One of the two is a max
 * pool without scaling; the other keeps the extents.
 */
export function swapped(measured: readonly LayerGeometry[], place: number): LayerGeometry[] {
  const [first, second] = measured.slice(place, place + 2)
  const between = rulesOf(second.layer).isMaxPool?.(second.layer) === true ? second.output : first.inputs[0].shape
  const moved: LayerGeometry[] = [
    { ...second, inputs: first.inputs, output: between },
    { ...first, inputs: [{ from: second.layer.name, shape: between }], output: second.output },
  ]
  const rest = measured.slice(place + 2).map((geometry) => redirected(geometry, second.layer.name, first.layer.name))
  return [...measured.slice(0, place), ...moved, ...rest]
}
