import { type LayerGeometry, sizeOf } from '../../../core/geometry.ts'
import type { Model } from '../../../core/model.ts'
import type { Pixels } from '../../../core/pixels.ts'
import type { Tensor } from '../train/session.ts'
import { float32, type GraphBuilder, type Output, type Signature } from './graphBuilder.ts'
import { probabilitiesOf } from './head.ts'
import { pooledNorms } from './inferenceLayers.ts'
import { networkNodes, type VariableReader } from './network.ts'

/** Pixels of 0 to 255 as they enter the network, a channel at a time. */
function scaled(graph: GraphBuilder, pixels: Pixels, channels: number, images: Output): Output {
  const zero = pixels.kind === 'range' ? Array<number>(channels).fill(pixels.min) : pixels.mean
  const range = pixels.kind === 'range' ? Array<number>(channels).fill(pixels.max - pixels.min) : pixels.deviation
  const each = (name: string, values: readonly number[]): Output =>
    graph.constant(name, { type: 'float32', shape: [channels], values })
  const floats = graph.add('Cast', 'floats', [images], { SrcT: { type: 'uint8' }, DstT: float32 })
  const centred = graph.add('Sub', 'centred', [floats, each('zero', zero)], { T: float32 })
  return graph.add('RealDiv', 'scaled', [centred, each('range', range)], { T: float32 })
}

/** Gives variables as constants of the graph. */
function constantReader(tensors: ReadonlyMap<string, Tensor>): VariableReader {
  return (graph, role, name) => {
    const tensor = tensors.get(name)
    if (tensor === undefined) throw new Error(`the tensor ${name} is missing`)
    return graph.constant(role, { type: 'float32', shape: tensor.shape, values: tensor.data })
  }
}

/**
 * The trained network for use elsewhere, its weights written into the graph: `images` uint8 `[batch, height, width,
 * channels]`, as large as the network takes them and with pixels of 0 to 255, in; `probabilities` float32 `[batch,
 * classes]` out. It uses the running statistics.
 */
export function servingSignature(
  graph: GraphBuilder,
  {
    model,
    measured,
    pixels,
    tensors,
  }: { model: Model; measured: readonly LayerGeometry[]; pixels: Pixels; tensors: ReadonlyMap<string, Tensor> },
): Signature {
  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'uint8', [-1, height, width, channels])
  const input = scaled(graph.within('pixels'), pixels, channels, images.output)
  const rising = pooledNorms(measured).every(
    (norm) => tensors.get(`${norm}/scale`)?.data.every((scale) => scale >= 0) === true,
  )
  const { logits } = networkNodes(graph, {
    measured,
    input,
    batch: -1,
    mode: 'inference',
    rising,
    read: constantReader(tensors),
    seeds: new Map(),
  })
  const classes = model.head.kind === 'tanh' ? 2 : sizeOf(measured[measured.length - 1].output)
  return {
    inputs: new Map([['images', images]]),
    outputs: new Map([
      [
        'probabilities',
        graph.fetch('class_probabilities', probabilitiesOf(graph.within('head'), model.head, logits), 'float32', [
          -1,
          classes,
        ]),
      ],
    ]),
  }
}
