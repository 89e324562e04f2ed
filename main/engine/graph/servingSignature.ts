import { centreCut, channelScales, type ExportedNetwork, weightsOf } from '../../../core/export/exportedNetwork.ts'
import { type GraphBuilder, int32, type Signature, type Value } from '../../../core/graph/graphBuilder.ts'
import { div, sub } from '../../../core/graph/operations/arithmetic.ts'
import { cast } from '../../../core/graph/operations/layout.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import type { Pixels } from '../../../core/data/pixels.ts'
import { probabilitiesOf } from './head.ts'
import { pooledNorms } from './inferenceLayers.ts'
import { networkNodes, type VariableReader } from './network.ts'

/** Scales pixels of 0 to 255 for the network, with the scale of each channel. */
function scaled(graph: GraphBuilder, pixels: Pixels, channels: number, images: Value<'uint8'>): Value {
  const { zero, range } = channelScales(pixels, channels)
  const each = (name: string, values: readonly number[]): Value =>
    graph.constant(name, { type: 'float32', shape: [channels], values })
  const centred = sub(graph, 'centred', cast(graph, 'floats', images, 'float32'), each('zero', zero))
  return div(graph, 'scaled', centred, each('range', range))
}

/** The middle of the images, `[batch, height, width, channels]`. */
function middleOf(graph: GraphBuilder, network: ServedNetwork, images: Value<'uint8'>): Value<'uint8'> {
  const { top, left, height, width, cuts } = centreCut(network)
  if (!cuts) return images
  const shape = [-1, height, width, network.image.channels]
  return graph.add('middle', {
    operation: 'Slice',
    inputs: [images, graph.extents('middle_begin', [0, top, left, 0]), graph.extents('middle_size', shape)],
    attributes: { T: { type: 'uint8' }, Index: int32 },
    type: 'uint8',
    shape,
  })
}

/** A network that is written with its weights as constants. */
type ServedNetwork = ExportedNetwork & { readonly processor: ProcessorFeatures }

/** Reads variables as constants of the graph. */
function constantReader(tensors: ExportedNetwork['tensors']): VariableReader {
  return (graph, role, name) => {
    const { shape, data } = weightsOf({ tensors }, name)
    return graph.constant(role, { type: 'float32', shape, values: data })
  }
}

/**
 * The trained network for use in other programs, with its weights as constants of the graph. Input: `images` uint8
 * `[batch, height, width, channels]`, in the size of the data set's images, pixels of 0 to 255; the network takes their
 * middle. Output: `probabilities` float32 `[batch, classes]`. Uses the running statistics.
 */
export function servingSignature(graph: GraphBuilder, network: ServedNetwork): Signature {
  const { model, measured, pixels, image, tensors, processor } = network
  const images = graph.placeholder('images', 'uint8', [-1, image.height, image.width, image.channels])
  // No layer can have a name with a hyphen.
  const place = graph.within('scaled-pixels')
  const input = scaled(place, pixels, image.channels, middleOf(place, network, images))
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
