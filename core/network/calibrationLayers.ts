import type { ActivationFunction } from '../layers/parts/activationFunction.ts'
import type { Layer } from '../layers/registry.ts'
import { type LayerGeometry, measuredLayer } from './geometry.ts'
import type { Optimizer } from '../run/optimizer.ts'
import type { Shape } from './shapes.ts'
import type { StepQuestion } from './stepTimes.ts'

/** A layer whose time tells what its form costs. */
export interface CalibrationLayer {
  readonly geometry: LayerGeometry
  readonly batch: number
  /** Whether the gradient by what comes in is computed. */
  readonly backwards: boolean
}

type Settings<Kind extends Layer['kind']> = Omit<Extract<Layer, { kind: Kind }>, 'name' | 'from'>

const initializer = 'he-normal'

/** The optimizer with which layers are timed. */
export const calibrationOptimizer: Optimizer = {
  kind: 'adam',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  clipNorm: null,
}

/** What comes in, and the batch: sizes that networks for images of 24 to 64 pixels have. */
interface Place {
  readonly side: number
  readonly channels: number
  readonly batch: number
}

function place(side: number, channels: number, batch: number): Place {
  return { side, channels, batch }
}

/** Collects layers, each under a name of its own. */
class Collection {
  readonly layers: CalibrationLayer[] = []

  add(layer: Layer, shapes: readonly Shape[], batch: number, backwards = true): void {
    const inputs = shapes.map((shape, index) => ({ from: `input_${index}`, shape }))
    this.layers.push({ geometry: measuredLayer(layer, inputs), batch, backwards })
  }

  get name(): string {
    return `layer_${this.layers.length}`
  }
}

function convolution(kernel: number, filters: number, stride = 1): Settings<'conv'> {
  return {
    kind: 'conv',
    filters,
    kernel: { height: kernel, width: kernel },
    stride,
    padding: 'same',
    bias: false,
    initializer,
  }
}

/** Kernel, filters, stride, and what comes in: by TensorFlow's own operation, through transforms, and pointwise. */
const convolutions: readonly (readonly [number, number, number, Place])[] = [
  [3, 16, 1, place(32, 16, 32)],
  [3, 32, 1, place(24, 16, 64)],
  [3, 32, 1, place(16, 32, 64)],
  [3, 64, 1, place(12, 32, 100)],
  [3, 24, 1, place(16, 24, 32)],
  [3, 48, 1, place(12, 48, 50)],
  [3, 64, 2, place(16, 32, 64)],
  [3, 64, 2, place(8, 64, 64)],
  [3, 128, 2, place(12, 64, 32)],
  [3, 32, 1, place(7, 32, 32)],
  [3, 64, 1, place(4, 64, 64)],
  [3, 128, 1, place(4, 128, 100)],
  [3, 16, 1, place(8, 8, 32)],
  [3, 8, 1, place(14, 8, 64)],
  [3, 96, 1, place(6, 96, 64)],
  [5, 16, 1, place(14, 8, 64)],
  [5, 32, 2, place(16, 16, 64)],
  [5, 64, 1, place(12, 64, 32)],
  [5, 32, 1, place(12, 32, 64)],
  [5, 64, 1, place(6, 64, 100)],
  [3, 64, 1, place(16, 64, 64)],
  [3, 128, 1, place(8, 128, 64)],
  [3, 128, 1, place(12, 64, 100)],
  [3, 96, 1, place(12, 96, 32)],
  [3, 256, 1, place(4, 128, 64)],
  [3, 48, 1, place(24, 48, 100)],
  [3, 32, 1, place(28, 32, 100)],
  [5, 48, 1, place(24, 24, 100)],
  [3, 64, 1, place(24, 64, 64)],
  [3, 96, 1, place(12, 48, 128)],
  [7, 32, 1, place(16, 32, 32)],
  [7, 16, 2, place(16, 8, 64)],
  [1, 16, 1, place(16, 32, 64)],
  [1, 64, 1, place(12, 32, 100)],
  [1, 128, 1, place(8, 64, 64)],
  [1, 32, 1, place(24, 16, 32)],
  [1, 64, 2, place(16, 64, 64)],
  [1, 64, 1, place(4, 128, 64)],
  [1, 16, 1, place(6, 16, 32)],
  [1, 64, 1, place(24, 64, 100)],
]

/** The same of a first layer, which takes the image. */
const firstConvolutions: readonly (readonly [number, number, number, Place])[] = [
  [3, 16, 1, place(32, 3, 64)],
  [3, 32, 1, place(24, 3, 100)],
  [3, 64, 1, place(24, 3, 50)],
  [3, 32, 1, place(28, 1, 64)],
  [3, 32, 2, place(32, 3, 64)],
  [5, 64, 1, place(24, 3, 100)],
  [5, 16, 1, place(28, 1, 100)],
  [5, 32, 1, place(16, 3, 32)],
  [5, 32, 2, place(32, 3, 64)],
  [7, 32, 2, place(32, 3, 64)],
  [2, 24, 1, place(28, 3, 64)],
  [3, 8, 1, place(12, 1, 16)],
  [3, 128, 1, place(12, 3, 64)],
  [5, 24, 1, place(48, 3, 100)],
]

const depthwise: readonly (readonly [number, number, number, Place])[] = [
  [3, 1, 1, place(16, 32, 64)],
  [3, 1, 1, place(12, 64, 64)],
  [3, 1, 2, place(16, 64, 64)],
  [3, 2, 1, place(12, 16, 64)],
  [5, 1, 1, place(12, 32, 64)],
  [3, 1, 1, place(6, 128, 32)],
  [5, 1, 2, place(8, 32, 32)],
  [3, 1, 1, place(24, 16, 64)],
]

/** Units, values that come in, batch. */
const products: readonly (readonly [number, number, number])[] = [
  [10, 64, 64],
  [10, 128, 250],
  [64, 256, 64],
  [128, 256, 100],
  [256, 2304, 100],
  [128, 1024, 32],
  [512, 512, 64],
  [64, 3136, 64],
]

/** What comes into layers that work value by value or pool. */
const usual: readonly Place[] = [
  place(24, 32, 64),
  place(16, 64, 64),
  place(12, 32, 32),
  place(8, 128, 64),
  place(4, 64, 32),
]

const functions: readonly ActivationFunction[] = [
  { kind: 'linear' },
  { kind: 'relu' },
  { kind: 'leaky-relu', slope: 0.1 },
  { kind: 'elu' },
  { kind: 'gelu' },
  { kind: 'sigmoid' },
  { kind: 'tanh' },
]

/** Layers of one input, without their names. */
type Simple =
  Exclude<Layer, { kind: 'add' | 'concat' }> extends infer One ? (One extends Layer ? Omit<One, 'name'> : never) : never

const pools: readonly (readonly [number, number])[] = [
  [2, 2],
  [3, 2],
]

/** What is computed for each of `usual`. */
const onMaps: readonly Simple[] = [
  { kind: 'batch-norm', epsilon: 1e-3, momentum: 0.9 },
  { kind: 'dropout', rate: 0.3 },
  { kind: 'scale', factor: 0.5 },
  { kind: 'flatten' },
  ...functions.map((one): Simple => ({ kind: 'activation', function: one })),
  ...([null, { function: { kind: 'tanh' } }] as const).flatMap((scaling): Simple[] => [
    ...(['max-pool', 'average-pool'] as const).flatMap((kind) =>
      pools.map(([size, stride]): Simple => ({ kind, size, stride, padding: 'same', scaling })),
    ),
    { kind: 'global-max-pool', scaling },
    { kind: 'global-average-pool', scaling },
  ]),
]

/**
 * Layers of every form, in sizes that networks have. Their times, measured one by one on a computer, tell the costs of
 * each form there (`fitCosts.ts`).
 */
export function calibrationLayers(): readonly CalibrationLayer[] {
  const all = new Collection()
  for (const [first, list] of [
    [false, convolutions],
    [true, firstConvolutions],
  ] as const) {
    for (const [kernel, filters, stride, { side, channels, batch }] of list)
      all.add({ ...convolution(kernel, filters, stride), name: all.name }, [[side, side, channels]], batch, !first)
  }
  for (const [size, multiplier, stride, { side, channels, batch }] of depthwise) {
    const kernel = { height: size, width: size }
    all.add(
      { kind: 'depthwise-conv', name: all.name, multiplier, kernel, stride, padding: 'same', bias: true, initializer },
      [[side, side, channels]],
      batch,
    )
  }
  for (const [units, values, batch] of products)
    all.add({ kind: 'dense', name: all.name, units, bias: true, initializer }, [[values]], batch)
  for (const { side, channels, batch } of usual) {
    const shape: Shape = [side, side, channels]
    for (const layer of onMaps) all.add({ ...layer, name: all.name }, [shape], batch)
    for (const kind of ['add', 'concat'] as const)
      all.add({ kind, name: all.name, from: ['input_0', 'input_1'] }, [shape, shape], batch)
  }
  return all.layers
}

/** Steps that take hardly more time than any step: what is left without their layers is what a step costs besides. */
export function calibrationSteps(): readonly StepQuestion[] {
  return [
    { side: 32, channels: 3, batch: 128 },
    { side: 28, channels: 1, batch: 64 },
    { side: 16, channels: 3, batch: 16 },
  ].map(({ side, channels, batch }) => ({
    model: {
      input: { height: side, width: side, channels: channels === 1 ? 1 : 3 },
      layers: [
        { kind: 'global-average-pool', name: 'means', scaling: null },
        { kind: 'dense', name: 'classes', units: 10, bias: true, initializer },
      ],
      head: { kind: 'softmax', labelSmoothing: 0 },
    },
    optimizer: calibrationOptimizer,
    batch,
  }))
}
