import { imageName } from '../../layers/parts/fields.ts'
import type { Layer } from '../../layers/registry.ts'

/** A layer that merges: it always names what it takes. */
export type MergingLayer = Extract<Layer, { from: string[] }>

/** A layer together with the names of all that it takes, also where it takes the one before it in the list. */
export interface WiredLayer {
  readonly layer: Layer
  readonly inputs: readonly string[]
}

/** Whether a layer takes several others. */
export function isMerging(layer: Layer): layer is MergingLayer {
  return Array.isArray(layer.from)
}

/** What each layer takes, said for all of them. Names that do not exist stay as they are. */
export function wired(layers: readonly Layer[]): WiredLayer[] {
  return layers.map((layer, index) => {
    if (isMerging(layer)) return { layer, inputs: layer.from }
    return { layer, inputs: [layer.from ?? (index === 0 ? imageName : layers[index - 1].name)] }
  })
}

/** A layer that names no input, and so takes the one before it in the list. */
export function withoutSource(layer: Exclude<Layer, MergingLayer>): Layer {
  const unnamed = { ...layer }
  delete unnamed.from
  return unnamed
}

/** A layer that takes these. One that stands behind its only input does not name it. What takes them already stays. */
function taking(layer: Layer, inputs: readonly string[], before: string): Layer {
  if (isMerging(layer)) return layer.from.join() === inputs.join() ? layer : { ...layer, from: [...inputs] }
  const from = inputs[0] === before ? undefined : inputs[0]
  if (layer.from === from) return layer
  return from === undefined ? withoutSource(layer) : { ...layer, from }
}

/** The layers as a network has them: an input is named only where it is not the layer before. */
export function unwired(all: readonly WiredLayer[]): Layer[] {
  return all.map(({ layer, inputs }, index) =>
    taking(layer, inputs, index === 0 ? imageName : all[index - 1].layer.name),
  )
}

/** Every use of `name` as an input becomes a use of `other`. */
export function withInput(one: WiredLayer, name: string, other: string): WiredLayer {
  return { ...one, inputs: one.inputs.map((input) => (input === name ? other : input)) }
}

/**
 * Names of the layers that go on after `name` once something is put behind it, or after what is before it once it is
 * taken out: the next in the list where that takes it, otherwise all that do. Layers further down that name it, such as
 * the sum at the end of a residual block, keep it.
 */
export function goingOn(all: readonly WiredLayer[], name: string): readonly string[] {
  const place = all.findIndex(({ layer }) => layer.name === name)
  const next = all.at(place + 1)
  if (next !== undefined && next.inputs.includes(name)) return [next.layer.name]
  return all.filter(({ inputs }) => inputs.includes(name)).map(({ layer }) => layer.name)
}
