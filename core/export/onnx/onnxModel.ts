import { imageName } from '../../layers/parts/fields.ts'
import { classesOf } from '../../network/geometry.ts'
import { centreCut, channelScales, type ExportedNetwork, logitsName } from '../exportedNetwork.ts'
import type { PixelInput } from '../../run/runExport.ts'
import type { Pieces } from '../pieces.ts'
import { OnnxGraph } from './onnxGraph.ts'
import { addOnnxLayer, outputOf } from './onnxLayers.ts'
import { elementTypes, modelFields, valueField } from './onnxMessages.ts'

/** ONNX's operator set that fixes what the operations mean; the first with GELU. ONNX 1.15 (October 2023) brought it. */
export const onnxOpset = 20

/** The version of the file format that came with it. */
const irVersion = 9

/** Values of a channel each. */
function eachChannel(values: readonly number[]) {
  return { shape: [values.length], data: Float32Array.from(values) }
}

/** Cuts the middle out of the images, scales their pixels and puts channels before rows. */
function addImages(graph: OnnxGraph, network: ExportedNetwork, images: string, input: PixelInput): void {
  const { top, left, height, width, cuts } = centreCut(network)
  const middle = cuts
    ? graph.add(
        'Slice',
        [
          images,
          graph.integers('pixels/begin', [top, left]),
          graph.integers('pixels/end', [top + height, left + width]),
          graph.integers('pixels/axes', [1, 2]),
        ],
        'pixels/middle',
      )
    : images
  const floats =
    input === 'uint8' ? graph.add('Cast', [middle], 'pixels/floats', { to: { int: elementTypes.float32 } }) : middle
  const { zero, range } = channelScales(network.pixels, network.image.channels)
  const centred = graph.add('Sub', [floats, graph.weights('pixels/zero', eachChannel(zero))], 'pixels/centred')
  const scaled = graph.add('Div', [centred, graph.weights('pixels/range', eachChannel(range))], 'pixels/scaled')
  graph.add('Transpose', [scaled], outputOf(imageName), { perm: { ints: [0, 3, 1, 2] } })
}

/** Probabilities `[batch, classes]` of the logits, as the head has them. */
function addHead(graph: OnnxGraph, { model }: ExportedNetwork, output: string): void {
  const logits = outputOf(logitsName(model))
  if (model.head.kind === 'softmax') {
    graph.add('Softmax', [logits], output, { axis: { int: 1 } })
    return
  }
  const half = graph.number('head/half', 0.5)
  const turned = graph.add('Mul', [graph.add('Tanh', [logits], 'head/tanh'), half], 'head/turned')
  const taken = graph.add('Add', [turned, half], 'head/taken')
  const other = graph.add('Sub', [half, turned], 'head/other')
  graph.add('Concat', [other, taken], output, { axis: { int: 1 } })
}

/**
 * A trained network as an ONNX file. Input `images` `[batch, height, width, channels]` of the data set's extents, pixels
 * of 0 to 255; output `probabilities` float32 `[batch, classes]`. Weights are turned to ONNX's order once, here, so that
 * maps are turned only at the beginning and before they are flattened.
 * @param metadata Facts in words, such as the names of the classes.
 * @returns the bytes of the file, in pieces.
 */
export function onnxModel(
  network: ExportedNetwork,
  input: PixelInput,
  metadata: Readonly<Record<string, string>>,
): Pieces {
  const { image, model, measured } = network
  const graph = new OnnxGraph()
  addImages(graph, network, 'images', input)
  for (const one of measured) addOnnxLayer({ graph, network, measured: one })
  addHead(graph, network, 'probabilities')
  const fields = [
    ...graph.fields,
    valueField(11, 'images', input, ['batch', image.height, image.width, image.channels]),
    valueField(12, 'probabilities', 'float32', ['batch', classesOf(model)]),
  ]
  return modelFields({ irVersion, opset: onnxOpset }, { name: 'conv_lab', fields }, metadata)
}
