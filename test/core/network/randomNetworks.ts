import { ActivationFunction } from '../../../core/layers/parts/activationFunction.ts'
import { ConvInitializer, Initializer } from '../../../core/layers/parts/initializer.ts'
import { Layer } from '../../../core/layers/registry.ts'
import type { Head, Model } from '../../../core/network/model.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'

type Kind = Layer['kind']

/** Draws one after the other from a seed. */
class Draws {
  readonly #random: RandomNumbers
  #drawn = 0

  constructor(seed: number) {
    this.#random = new RandomNumbers(seed)
  }

  of<Item>(items: readonly Item[]): Item {
    this.#drawn += 1
    return items[this.#random.below(items.length, 'timing', 2, this.#drawn)]
  }

  /** Once in so many times. */
  once(times: number): boolean {
    return this.of(Array.from({ length: times }, (_, index) => index)) === 0
  }

  between(least: number, most: number): number {
    return this.of(Array.from({ length: most - least + 1 }, (_, index) => least + index))
  }
}

/** What is known of the layers so far, so that most networks fit: whether what a layer gives is a vector. */
interface Known {
  readonly name: string
  readonly vector: boolean
}

const paddings = ['same', 'same', 'valid'] as const

/** 1 mostly; now and then more than any map has. */
function extent(draws: Draws, usual: readonly number[]): number {
  return draws.once(40) ? draws.of([12, 13, 64]) : draws.of(usual)
}

function activation(draws: Draws): ActivationFunction {
  const kinds = ActivationFunction.options.flatMap(({ shape: { kind } }) =>
    'options' in kind ? kind.options : [...kind.values],
  )
  const kind = draws.of(kinds)
  return kind === 'leaky-relu' ? { kind, slope: draws.of([0, 0.01, 0.5]) } : { kind }
}

/** A layer with drawn settings, which takes `from`, or several: as the schema allows it, whether or not it fits. */
function drawnLayer(draws: Draws, kind: Kind, name: string, from: string, others: readonly string[]): Layer {
  const window = { stride: extent(draws, [1, 1, 1, 2, 3]), padding: draws.of(paddings) }
  const kernel = { height: extent(draws, [1, 2, 3, 3, 5]), width: extent(draws, [1, 2, 3, 3, 5]) }
  const scaling = draws.once(4) ? { function: activation(draws) } : null
  const bias = draws.of([true, false])
  switch (kind) {
    case 'conv': {
      const initializer = draws.once(8) ? draws.of(ConvInitializer.options) : draws.of(Initializer.options)
      return { kind, name, from, filters: draws.of([1, 2, 4, 6, 8, 16]), kernel, ...window, bias, initializer }
    }
    case 'depthwise-conv':
      return {
        kind,
        name,
        from,
        multiplier: draws.of([1, 1, 2, 3]),
        kernel,
        ...window,
        bias,
        initializer: draws.of(Initializer.options),
      }
    case 'dense':
      return { kind, name, from, units: draws.of([1, 3, 8, 16]), bias, initializer: draws.of(Initializer.options) }
    case 'batch-norm':
      return { kind, name, from, epsilon: draws.of([1e-5, 1e-3, 1]), momentum: draws.of([0, 0.9, 0.99]) }
    case 'activation':
      return { kind, name, from, function: activation(draws) }
    case 'max-pool':
    case 'average-pool':
      return { kind, name, from, size: extent(draws, [1, 2, 2, 3]), ...window, scaling }
    case 'global-max-pool':
    case 'global-average-pool':
      return { kind, name, from, scaling }
    case 'dropout':
      return { kind, name, from, rate: draws.of([0, 0.5, 0.99]) }
    case 'scale':
      return { kind, name, from, factor: draws.of([1 / 9, 1, 30]) }
    case 'flatten':
      return { kind, name, from }
    case 'add':
    case 'concat':
      return { kind, name, from: [from, ...others] }
  }
}

const kinds: readonly Kind[] = Layer.options.map(({ shape: { kind } }) => kind.value)

/** Kinds that leave maps maps. */
const onMaps = kinds.filter(
  (kind) => !['dense', 'flatten', 'global-max-pool', 'global-average-pool', 'add', 'concat'].includes(kind),
)

/** Kinds that take a vector. */
const onVectors: readonly Kind[] = ['dense', 'dense', 'activation', 'dropout', 'scale']

/** Branches from one layer that meet again: by a sum behind layers that keep the shape, or by concatenation. */
function branches(draws: Draws, name: string, from: string): Layer[] {
  const ways = draws.between(2, 3)
  const summed = draws.of([true, false])
  const filters = draws.of([2, 4, 8])
  const keeping = { padding: 'same', stride: 1 } as const
  const layers = Array.from({ length: ways }, (_, way): Layer => {
    const drawn = drawnLayer(draws, 'conv', `${name}_way_${way + 1}`, from, [])
    // Now and then a branch changes its extents, so that the others do not fit it.
    if (drawn.kind !== 'conv' || draws.once(10)) return drawn
    const initializer = 'he-normal'
    return { ...drawn, ...keeping, filters: summed ? filters : drawn.filters, initializer }
  })
  const sources = layers.map((layer) => layer.name)
  // A layer may also come twice, and a way may be the layer itself.
  if (draws.once(4)) sources.push(draws.of([from, ...sources]))
  return [...layers, { kind: summed ? 'add' : 'concat', name, from: sources }]
}

/** Breaks a network in one of the ways in which a person or a file can. */
function broken(draws: Draws, layers: readonly Layer[]): readonly Layer[] {
  const place = draws.between(0, layers.length - 1)
  const layer = layers[place]
  const replaced = (by: Layer): Layer[] => layers.map((one, index) => (index === place ? by : one))
  const singly = (from: string): Layer =>
    layer.kind === 'add' || layer.kind === 'concat' ? { ...layer, from: [from, from] } : { ...layer, from }
  switch (draws.between(1, 6)) {
    case 1:
      return layers.filter((_, index) => index !== place || layers.length === 1)
    case 2:
      return replaced(singly('nowhere'))
    case 3:
      return replaced(singly(layer.name))
    case 4:
      return replaced(singly('input'))
    case 5: {
      const other = draws.between(0, layers.length - 1)
      return layers.map((one, index) => (index === place ? layers[other] : index === other ? layer : one))
    }
    default:
      return [
        ...layers.slice(0, place),
        drawnLayer(draws, draws.of(kinds), 'inserted', 'input', ['input']),
        ...layers.slice(place),
      ]
  }
}

/** Words that the graphs of networks have names of their own from: a layer may be called so all the same. */
const takenNames = [
  ...['head', 'train', 'update', 'clip', 'share', 'loss', 'images', 'labels', 'computed', 'mean_gradient', 'variables'],
  ...['read', 'write', 'adam', 'health', 'observed', 'evaluate', 'pixels', 'alone', 'nothing', 'entering', 'seed'],
]

/** The network with one layer called otherwise, wherever it is named. */
function renamed(layers: readonly Layer[], from: string, to: string): Layer[] {
  const name = (one: string): string => (one === from ? to : one)
  return layers.map((layer): Layer => {
    if (layer.kind === 'add' || layer.kind === 'concat')
      return { ...layer, name: name(layer.name), from: layer.from.map(name) }
    return { ...layer, name: name(layer.name), ...(layer.from === undefined ? {} : { from: name(layer.from) }) }
  })
}

/**
 * A network for images of 12x12 or about that: a chain of layers of all kinds with branches, most of which fit and some
 * of which are broken. Every one is as the schema of a network allows it. Equal seeds give equal networks.
 */
export function randomNetwork(seed: number): Model {
  const draws = new Draws(seed)
  const input: Model['input'] = {
    height: draws.of([12, 12, 12, 9, 1]),
    width: draws.of([12, 12, 12, 10, 2]),
    channels: draws.of([1, 3] as const),
  }
  const layers: Layer[] = []
  let last: Known = { name: 'input', vector: false }
  const add = (...added: readonly Layer[]): void => {
    layers.push(...added)
    const { kind, name } = added[added.length - 1]
    const flat = kind === 'flatten' || kind === 'global-max-pool' || kind === 'global-average-pool'
    last = { name, vector: last.vector || flat || kind === 'dense' }
  }
  const length = draws.between(0, 7)
  for (let number = 1; number <= length; number += 1) {
    const name = `layer_${number}`
    if (last.vector) add(drawnLayer(draws, draws.of(onVectors), name, last.name, []))
    else if (draws.once(4)) add(...branches(draws, name, last.name))
    else if (draws.once(8))
      add(drawnLayer(draws, draws.of(['global-max-pool', 'global-average-pool', 'flatten']), name, last.name, []))
    else add(drawnLayer(draws, draws.of(onMaps), name, last.name, []))
  }
  if (!last.vector) add({ kind: 'flatten', name: 'flatten', from: last.name })
  const head: Head = draws.once(4)
    ? { kind: 'tanh', loss: draws.of(['hinge', 'squared'] as const) }
    : { kind: 'softmax', labelSmoothing: draws.of([0, 0.1]) }
  const classes = head.kind === 'tanh' && !draws.once(10) ? 1 : draws.of([2, 3, 10])
  if (!draws.once(20)) {
    const initializer = draws.of(Initializer.options)
    add({ kind: 'dense', name: 'classes', from: last.name, units: classes, bias: true, initializer })
  }
  if (draws.once(6)) add(drawnLayer(draws, draws.of(['scale', 'dropout', 'activation']), 'after', last.name, []))
  const built = draws.once(4) ? broken(draws, layers) : layers
  const called = draws.once(2) ? renamed(built, draws.of(built).name, draws.of(takenNames)) : built
  return { input, layers: [...called], head }
}
