import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExportedNetwork } from '../../../../core/export/exportedNetwork.ts'
import { probabilitiesFrom } from '../../../../core/inspect/probabilities.ts'
import type { Layer } from '../../../../core/layers/registry.ts'
import { classesOf, measure } from '../../../../core/network/geometry.ts'
import type { Model, ModelInput } from '../../../../core/network/model.ts'
import type { Pixels } from '../../../../core/data/pixels.ts'
import { presetModel } from '../../../../core/run/presets.ts'
import { PresetId } from '../../../../core/run/run.ts'
import { scalePixels, pixelScale } from '../../../../main/engine/feed/pixelScale.ts'
import { InspectedNetwork } from '../../../../main/engine/inspect/inspectedNetwork.ts'
import { smallCard } from '../../smallHome.ts'
import { adamOptimizer, firstTensors, randomNumbers } from '../graph/numbers.ts'

/** Images that each network is asked about. */
const count = 50

const conv = { kind: 'conv', stride: 1, padding: 'same', initializer: 'he-normal', bias: true } as const
const window = (height: number, width = height) => ({ height, width })

/** A network in which every kind of layer and every activation function has its part. */
export function everyLayer(outputs: number): Layer[] {
  return [
    { ...conv, name: 'conv_1', filters: 6, kernel: window(5, 4), stride: 2 },
    { kind: 'activation', name: 'leaky_1', function: { kind: 'leaky-relu', slope: 0.1 } },
    {
      kind: 'depthwise-conv',
      name: 'deep_1',
      multiplier: 2,
      kernel: window(3),
      stride: 1,
      padding: 'same',
      bias: true,
      initializer: 'he-normal',
    },
    { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 },
    { kind: 'activation', name: 'gelu_1', function: { kind: 'gelu' } },
    {
      kind: 'average-pool',
      name: 'pool_1',
      size: 3,
      stride: 2,
      padding: 'same',
      scaling: { function: { kind: 'tanh' } },
    },
    { ...conv, name: 'conv_2', filters: 12, kernel: window(2), bias: false },
    { kind: 'activation', name: 'elu_1', function: { kind: 'elu' } },
    { kind: 'add', name: 'sum_1', from: ['elu_1', 'pool_1'] },
    { kind: 'max-pool', name: 'pool_2', from: 'sum_1', size: 3, stride: 2, padding: 'same', scaling: null },
    {
      kind: 'max-pool',
      name: 'pool_3',
      from: 'sum_1',
      size: 2,
      stride: 2,
      padding: 'same',
      scaling: { function: { kind: 'sigmoid' } },
    },
    { kind: 'concat', name: 'joined', from: ['pool_2', 'pool_3'] },
    { ...conv, name: 'conv_3', filters: 6, kernel: window(2, 1), padding: 'valid' },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'fc_1', units: 8, bias: true, initializer: 'glorot-normal' },
    { kind: 'dropout', name: 'drop_1', rate: 0.5 },
    { kind: 'global-average-pool', name: 'global_1', from: 'joined', scaling: null },
    { kind: 'global-max-pool', name: 'global_2', from: 'joined', scaling: { function: { kind: 'relu' } } },
    { kind: 'concat', name: 'joined_2', from: ['drop_1', 'global_1', 'global_2'] },
    { kind: 'dense', name: 'classes', units: outputs, bias: false, initializer: 'glorot-uniform' },
    { kind: 'activation', name: 'linear_1', function: { kind: 'linear' } },
    { kind: 'scale', name: 'scale_1', factor: 0.7 },
  ]
}

/** Two convolutions past which the image goes, twice. */
const residual: Layer[] = [
  { ...conv, name: 'conv_1', filters: 8, kernel: window(3) },
  { kind: 'activation', name: 'relu_1', function: { kind: 'relu' } },
  { ...conv, name: 'conv_2', filters: 8, kernel: window(3) },
  { kind: 'batch-norm', name: 'norm_2', epsilon: 1e-5, momentum: 0.9 },
  { kind: 'add', name: 'sum_1', from: ['norm_2', 'relu_1'] },
  { ...conv, name: 'conv_3', filters: 16, kernel: window(3), stride: 2 },
  { ...conv, name: 'short', filters: 16, kernel: window(1), stride: 2, from: 'sum_1' },
  { kind: 'add', name: 'sum_2', from: ['conv_3', 'short'] },
  { kind: 'global-average-pool', name: 'pool', scaling: null },
  { kind: 'dense', name: 'classes', units: 10, bias: true, initializer: 'he-normal' },
]

/** A layer of each kind that can be frozen, frozen. */
const frozenLayers: Layer[] = [
  { ...conv, name: 'conv_1', filters: 4, kernel: window(3), frozen: true },
  { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9, frozen: true },
  {
    kind: 'depthwise-conv',
    name: 'deep_1',
    multiplier: 1,
    kernel: window(3),
    stride: 2,
    padding: 'same',
    bias: true,
    initializer: 'he-normal',
    frozen: true,
  },
  { kind: 'flatten', name: 'flatten' },
  { kind: 'dense', name: 'fc_1', units: 6, bias: true, initializer: 'glorot-normal', frozen: true },
  { kind: 'dense', name: 'classes', units: 3, bias: true, initializer: 'glorot-normal' },
]

/** Layers with the names of what Python, PyTorch and the formats have themselves. */
const depthwise: Layer[] = [
  { ...conv, name: 'images', filters: 6, kernel: window(3), stride: 2 },
  {
    kind: 'depthwise-conv',
    name: 'float',
    multiplier: 1,
    kernel: window(3),
    stride: 2,
    padding: 'same',
    bias: false,
    initializer: 'he-normal',
  },
  { kind: 'batch-norm', name: 'training', epsilon: 1e-3, momentum: 0.99 },
  { ...conv, name: 'float_', filters: 10, kernel: window(1) },
  { kind: 'global-max-pool', name: 'probabilities', scaling: null },
]

const standard: Pixels = { kind: 'standard', mean: [125.3, 123, 113.9], deviation: [63, 62.1, 66.7] }
const range: Pixels = { kind: 'range', min: 0, max: 255 }
const softmax = { kind: 'softmax', labelSmoothing: 0.1 } as const

interface Plan {
  readonly name: string
  readonly model: Model
  readonly pixels: Pixels
  readonly image: ModelInput
}

const odd = { height: 24, width: 21, channels: 3 } as const

/** The presets, and networks in which everything has its part. The odd image leaves unequal edges around the input. */
const plans: readonly Plan[] = [
  ...PresetId.options.map((id) => {
    const model = presetModel(id, smallCard)
    return { name: id, model, pixels: range, image: smallCard.image }
  }),
  {
    name: 'every-layer',
    model: { input: { height: 21, width: 18, channels: 3 }, layers: everyLayer(5), head: softmax },
    pixels: standard,
    image: odd,
  },
  {
    name: 'residual',
    model: { input: { height: 16, width: 16, channels: 3 }, layers: residual, head: softmax },
    pixels: standard,
    image: odd,
  },
  {
    name: 'depthwise',
    model: { input: { height: 15, width: 12, channels: 3 }, layers: depthwise, head: softmax },
    pixels: range,
    image: odd,
  },
  {
    name: 'frozen',
    model: { input: { height: 9, width: 9, channels: 3 }, layers: frozenLayers, head: softmax },
    pixels: range,
    image: { height: 9, width: 9, channels: 3 },
  },
  {
    name: 'tanh',
    model: {
      input: { height: 12, width: 12, channels: 1 },
      layers: [
        { ...conv, name: 'conv_1', filters: 4, kernel: window(3), bias: true },
        { kind: 'global-max-pool', name: 'pool_1', scaling: null },
        { kind: 'dense', name: 'neuron', units: 1, bias: true, initializer: 'he-normal' },
      ],
      head: { kind: 'tanh', loss: 'hinge' },
    },
    pixels: range,
    image: { height: 12, width: 12, channels: 1 },
  },
]

/** A network with weights as if it had been trained, and images with what the engine answers for them. */
export interface ExportedCase {
  readonly name: string
  readonly network: ExportedNetwork
  readonly classes: readonly string[]
  /** uint8 `[images, height, width, channels]` */
  readonly images: Uint8Array
  /** `[images, classes]` */
  readonly probabilities: readonly number[][]
}

/** What enters the network: the middle of each image, scaled. */
function entering({ model: { input }, pixels, image }: Plan, images: Uint8Array): Float32Array {
  const { height, width, channels } = input
  const top = Math.floor((image.height - height) / 2)
  const left = Math.floor((image.width - width) / 2)
  const floats = new Float32Array(count * height * width * channels)
  const scale = pixelScale(pixels, channels)
  for (let row = 0; row < count * height; row += 1) {
    const line = Math.floor(row / height) * image.height + top + (row % height)
    scalePixels(images, scale, floats, row * width * channels, (line * image.width + left) * channels, width * channels)
  }
  return floats
}

function caseOf(plan: Plan, place: number): ExportedCase {
  const { name, model, pixels, image } = plan
  const tensors = firstTensors(model, adamOptimizer, place + 1)
  for (const [variable, { data }] of tensors)
    if (/\/(scale|shift|mean|variance|bias)$/.test(variable) && !variable.startsWith('adam/'))
      data.set(randomNumbers(data.length, place + data.length).map((value) => value * 0.4 + 0.8))
  const images = Uint8Array.from(
    randomNumbers(count * image.height * image.width * image.channels, place + 5),
    (value) => Math.round((value + 1) * 127.5),
  )
  const inspected = new InspectedNetwork(model)
  inspected.write(new Map([...tensors].filter(([variable]) => !variable.startsWith('adam/'))))
  const logits = inspected.answer(entering(plan, images))
  const probabilities = Array.from({ length: count }, (_, one) =>
    probabilitiesFrom(model.head, [...logits.subarray(one * inspected.logits, (one + 1) * inspected.logits)]),
  )
  const classes = Array.from({ length: classesOf(model) }, (_, index) => `class ${index}`)
  return { name, network: { model, measured: measure(model), pixels, image, tensors }, classes, images, probabilities }
}

/** All networks, with what the engine answers. */
export function exportedCases(): ExportedCase[] {
  return plans.map(caseOf)
}

/** Writes what a foreign program needs of a case: images, extents and trained layers. Gives the folder for its network. */
export async function writeCase(folder: string, { name, network, images }: ExportedCase): Promise<string> {
  const place = path.join(folder, name)
  const { height, width, channels } = network.image
  await mkdir(place, { recursive: true })
  await writeFile(path.join(place, 'images.bin'), images)
  await writeFile(path.join(place, 'shape.json'), JSON.stringify([count, height, width, channels]))
  const trained = network.measured.filter(({ parameters }) => parameters > 0)
  await writeFile(path.join(place, 'trained.json'), JSON.stringify(trained.map(({ layer }) => layer.name)))
  return place
}
