import { z } from 'zod'
import { Layer } from '../layers/registry.ts'
import { Head, type Model, ModelInput, mostLayers } from './model.ts'

/**
 * A network as a person builds it. With `input` it is bound: it takes that image and is used exactly as it stands.
 * Without, it is free: the data set says the image, and how many classes the classifier tells apart.
 *
 * Unlike a `Model` it may be unfinished: without layers, with a name used twice, with layers that do not fit.
 * `checkNetwork` says what is wrong with it.
 */
export const Network = z.strictObject({
  input: ModelInput.optional(),
  layers: z.array(Layer).max(mostLayers),
  head: Head,
})
export type Network = z.infer<typeof Network>

/** What a free network takes from a data set. */
export interface NetworkPlace {
  /** The image that enters the network, after the crop. */
  readonly input: ModelInput
  readonly classes: number
}

/** Numbers that the last layer of a network gives: one a class, or the one of the tanh head, which tells two apart. */
export function logitsFor(head: Head, classes: number): number {
  return head.kind === 'tanh' ? 1 : classes
}

/**
 * The layer whose units or filters are the classes: the last dense layer, or without one the last convolution, if only
 * layers without a kernel and a global pool come after it. Null where there is none.
 */
export function classifierOf({ layers }: { readonly layers: readonly Layer[] }): string | null {
  const dense = layers.findLast(({ kind }) => kind === 'dense')
  if (dense !== undefined) return dense.name
  const last = layers.findLastIndex((layer) => 'initializer' in layer)
  const found = layers[last]
  if (found?.kind !== 'conv') return null
  const pooled = layers.slice(last).some(({ kind }) => kind === 'global-average-pool' || kind === 'global-max-pool')
  return pooled ? found.name : null
}

/** The layers with the units or filters of the classifier set to a number. */
export function withLogits(layers: readonly Layer[], logits: number): Layer[] {
  const classifier = classifierOf({ layers })
  return layers.map((layer) => {
    if (layer.name !== classifier) return layer
    if (layer.kind === 'dense') return { ...layer, units: logits }
    return layer.kind === 'conv' ? { ...layer, filters: logits } : layer
  })
}

/**
 * The network for a data set. A bound one is as it stands. In a free one the units of the classifier become the
 * number of classes. Whether it fits is for `checkNetwork` or `measure` to say.
 */
export function modelOf(network: Network, { input, classes }: NetworkPlace): Model {
  const { head } = network
  if (network.input !== undefined) return { input: network.input, layers: network.layers, head }
  return { input, layers: withLogits(network.layers, logitsFor(head, classes)), head }
}

/** The free network of a model: what it is without the data set that it was made for. */
export function networkOf({ layers, head }: Pick<Model, 'layers' | 'head'>): Network {
  return { layers, head }
}
