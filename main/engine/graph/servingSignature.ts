import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { GraphBuilder, Signature, Value } from '../../../core/graph/graphBuilder.ts'
import { div, sub } from '../../../core/graph/operations/arithmetic.ts'
import { cast } from '../../../core/graph/operations/layout.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Pixels } from '../../../core/data/pixels.ts'
import type { TensorValue } from '../shared/tensorValue.ts'
import { probabilitiesOf } from './head.ts'
import { pooledNorms } from './inferenceLayers.ts'
import { networkNodes, type VariableReader } from './network.ts'

/** Scales pixels of 0 to 255 for the network, with the scale of each channel. */
function scaled(graph: GraphBuilder, pixels: Pixels, channels: number, images: Value<'uint8'>): Value {
  const zero = pixels.kind === 'range' ? Array<number>(channels).fill(pixels.min) : pixels.mean
  const range = pixels.kind === 'range' ? Array<number>(channels).fill(pixels.max - pixels.min) : pixels.deviation
  const each = (name: string, values: readonly number[]): Value =>
    graph.constant(name, { type: 'float32', shape: [channels], values })
  const centred = sub(graph, 'centred', cast(graph, 'floats', images, 'float32'), each('zero', zero))
  return div(graph, 'scaled', centred, each('range', range))
}

/** The weights of a network, by the names of its variables. */
type Weights = ReadonlyMap<string, TensorValue>

/** Reads variables as constants of the graph. */
function constantReader(tensors: Weights): VariableReader {
  return (graph, role, name) => {
    const tensor = tensors.get(name)
    if (tensor === undefined) throw new Error(`the tensor ${name} is missing`)
    return graph.constant(role, { type: 'float32', shape: tensor.shape, values: tensor.data })
  }
}

/**
 * The trained network for use in other programs, with its weights as constants of the graph. Input: `images` uint8
 * `[batch, height, width, channels]`, in the size of the network's input, pixels of 0 to 255. Output: `probabilities`
 * float32 `[batch, classes]`. Uses the running statistics.
 */
export function servingSignature(
  graph: GraphBuilder,
  {
    model,
    measured,
    pixels,
    tensors,
    processor,
  }: {
    model: Model
    measured: readonly LayerGeometry[]
    pixels: Pixels
    tensors: Weights
    processor: ProcessorFeatures
  },
): Signature {
  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'uint8', [-1, height, width, channels])
  // No layer can have a name with a hyphen.
  const input = scaled(graph.within('scaled-pixels'), pixels, channels, images)
  const rising = pooledNorms(measured, processor).every(
    (norm) => tensors.get(`${norm}/scale`)?.data.every((scale) => scale >= 0) === true,
  )
  const { logits } = networkNodes(graph, {
    measured,
    input,
    mode: 'inference',
    rising,
    processor,
    read: constantReader(tensors),
    seeds: new Map(),
  })
  const probabilities = probabilitiesOf(graph.within('head'), model.head, logits)
  return {
    inputs: new Map([['images', images]]),
    outputs: new Map([['probabilities', graph.fetch('class_probabilities', probabilities)]]),
  }
}
