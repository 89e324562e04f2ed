import type { ActivationFunction } from '../core/layers/parts/activationFunction.ts'
import type { Layer } from '../core/layers/registry.ts'
import type { Model } from '../core/network/model.ts'
import type { StepQuestion } from '../core/network/stepTimes.ts'
import type { Optimizer } from '../core/run/optimizer.ts'
import { RandomNumbers } from '../core/numbers/random.ts'

const optimizers: readonly Optimizer[] = [
  { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null },
  { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4, clipNorm: null },
]

const activations: readonly ActivationFunction[] = [
  { kind: 'relu' },
  { kind: 'relu' },
  { kind: 'relu' },
  { kind: 'leaky-relu', slope: 0.1 },
  { kind: 'tanh' },
  { kind: 'gelu' },
]

/** Draws one of some things after the other, all from one seed. */
class Draws {
  readonly #random: RandomNumbers
  #drawn = 0

  constructor(seed: number) {
    this.#random = new RandomNumbers(seed)
  }

  of<Item>(items: readonly Item[]): Item {
    this.#drawn += 1
    return items[this.#random.below(items.length, 'timing', 1, this.#drawn)]
  }
}

/** A convolution with what usually follows it; the names end in `number`. */
function block(draws: Draws, number: number, filters: number, kernel: number, stride: number): Layer[] {
  const depthwise = number > 1 && draws.of([false, false, false, false, true])
  const normed = draws.of([true, true, false])
  const common = { stride, padding: 'same', bias: !normed, initializer: 'he-normal' } as const
  const size = { height: kernel, width: kernel }
  const pointwise = { ...common, stride: 1, filters, kernel: { height: 1, width: 1 } }
  return [
    ...(depthwise
      ? ([
          { kind: 'depthwise-conv', name: `depth_${number}`, ...common, multiplier: 1, kernel: size },
          { kind: 'conv', name: `point_${number}`, ...pointwise },
        ] as const)
      : ([{ kind: 'conv', name: `conv_${number}`, ...common, filters, kernel: size }] as const)),
    ...(normed ? ([{ kind: 'batch-norm', name: `norm_${number}`, epsilon: 1e-3, momentum: 0.9 }] as const) : []),
    { kind: 'activation', name: `active_${number}`, function: draws.of(activations) },
  ]
}

/** A residual block of two convolutions around the layer `from`, which gives `filters` maps. */
function residual(draws: Draws, number: number, filters: number, from: string): Layer[] {
  return [
    ...block(draws, number, filters, 3, 1),
    ...block(draws, number + 1, filters, 3, 1),
    { kind: 'add', name: `add_${number}`, from: [from, `active_${number + 1}`] },
  ]
}

/**
 * A network as a person might build it, for images of 24 to 48 pixels: two to four stages of convolutions, each with
 * half the extents and more filters, some of them residual, and one or two dense layers. With a batch and an optimizer.
 * Equal seeds give equal networks.
 */
export function networkToEstimate(seed: number): StepQuestion {
  const draws = new Draws(seed)
  const side = draws.of([24, 28, 32, 48])
  const input: Model['input'] = { height: side, width: side, channels: draws.of([1, 3, 3] as const) }
  const stages = draws.of([2, 3, 4])
  const layers: Layer[] = []
  let number = 1
  let filters = draws.of([8, 16, 24, 32])
  for (let stage = 0; stage < stages; stage += 1) {
    const strided = draws.of([false, false, true])
    layers.push(...block(draws, number, filters, draws.of([3, 3, 5]), strided ? 2 : 1))
    number += 1
    if (draws.of([false, true])) {
      const last = layers[layers.length - 1].name
      if (draws.of([false, true])) {
        layers.push(...residual(draws, number, filters, last))
        number += 2
      } else {
        layers.push(...block(draws, number, filters, 3, 1))
        number += 1
      }
    }
    if (!strided)
      layers.push({ kind: 'max-pool', name: `pool_${stage + 1}`, size: 2, stride: 2, padding: 'same', scaling: null })
    filters = Math.min(128, draws.of([filters, 2 * filters, 2 * filters]))
  }
  const dense = { bias: true, initializer: 'glorot-uniform' } as const
  layers.push(
    ...(draws.of([false, true])
      ? ([{ kind: 'global-average-pool', name: 'means', scaling: null }] as const)
      : ([
          { kind: 'flatten', name: 'flatten' },
          { kind: 'dense', name: 'fc', units: draws.of([64, 128, 256]), ...dense },
          { kind: 'activation', name: 'active_fc', function: { kind: 'relu' } },
          { kind: 'dropout', name: 'dropout', rate: 0.3 },
        ] as const)),
    { kind: 'dense', name: 'classes', units: 10, ...dense },
  )
  return {
    model: { input, layers, head: { kind: 'softmax', labelSmoothing: draws.of([0, 0.1]) } },
    optimizer: draws.of(optimizers),
    batch: draws.of([32, 50, 100, 128]),
  }
}
