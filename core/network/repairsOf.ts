import type { LayerInput } from '../layers/definition.ts'
import { imageName } from '../layers/parts/fields.ts'
import type { Layer } from '../layers/registry.ts'
import { sourcesOf } from './geometry.ts'
import type { Repair } from './repairs.ts'
import type { MapShape, Shape } from './shapes.ts'

/** A layer that does not take what comes in. */
interface Unfit {
  readonly layers: readonly Layer[]
  readonly place: number
  readonly inputs: readonly LayerInput[]
  /** All that could come in, by name. */
  readonly known: ReadonlyMap<string, { readonly shape: Shape }>
  /** The layer whose units or filters are the classes, whatever a repair says. */
  readonly classifier: string | null
}

/** A smaller window, or zeros around the map. */
function windowRepairs(layer: Layer, place: number, [height, width]: MapShape): Repair[] {
  if (!('padding' in layer)) return []
  const window = 'kernel' in layer ? layer.kernel : { height: layer.size, width: layer.size }
  if (layer.padding === 'same' || (window.height <= height && window.width <= width)) return []
  const to = { height: Math.min(window.height, height), width: Math.min(window.width, width) }
  // A pool of 1 x 1 would do nothing.
  const nothing = 'size' in layer && Math.min(to.height, to.width) === 1
  return [{ kind: 'padding', place, to: 'same' }, nothing ? { kind: 'remove', place } : { kind: 'window', place, to }]
}

/** Whitening filters have conditions that others have not; none where those are met. */
function whiteningRepairs({ layers, place, inputs: [{ from, shape }], classifier }: Unfit): Repair[] {
  const layer = layers[place]
  if (layer.kind !== 'conv' || layer.initializer !== 'whitening') return []
  const plain: Repair = { kind: 'initializer', place, to: 'he-normal' }
  const { kernel, filters } = layer
  if (from !== imageName || shape.length !== 3 || kernel.height > shape[0] || kernel.width > shape[1]) return [plain]
  const most = 2 * kernel.height * kernel.width * shape[2]
  const even = Math.min(most, filters + (filters % 2))
  if (even === filters) return []
  // The filters of a classifier are the classes.
  return layer.name === classifier ? [plain] : [{ kind: 'filters', place, to: even }, plain]
}

/** A layer for maps behind what made a vector of them. */
function mapRepairs({ layers, place, inputs: [{ from }], known }: Unfit): Repair[] {
  const flattened = layers.findIndex(({ name, kind }, index) => index < place && name === from && kind === 'flatten')
  const before = flattened < 1 ? imageName : layers[flattened - 1].name
  const [source] = flattened < 0 ? [] : sourcesOf(layers[flattened], before)
  const takesMap = source !== undefined && known.get(source)?.shape.length === 3
  return [...(takesMap ? [{ kind: 'move', place, to: flattened } as const] : []), { kind: 'remove', place }]
}

/** The stride of a 1 x 1 convolution that brings one extent to another; null where none does. */
function strideBetween(extent: number, wanted: number): number | null {
  const stride = Math.ceil(extent / wanted)
  return Math.ceil(extent / stride) === wanted ? stride : null
}

/** A layer on the way from an input that makes its shape the wanted one; null where none does. */
function broughtTo(wanted: Shape, { from, shape }: LayerInput, { layers, place }: Unfit): Repair | null {
  if (wanted.length === 1) {
    // Without one behind it a dense layer would tell the classes, and have as many units.
    const follows = layers.slice(place).some(({ kind }) => kind === 'dense')
    if (shape.length === 1) return follows ? { kind: 'dense', place, from, units: wanted[0] } : null
    return { kind: shape[2] === wanted[0] ? 'global-pool' : 'flatten', place, from }
  }
  if (shape.length === 1) return null
  // Nor a convolution, where it would be the last with a kernel and no dense layer is there.
  if (!layers.some(({ kind }) => kind === 'dense') && !layers.slice(place).some((layer) => 'initializer' in layer))
    return null
  const strides = [strideBetween(shape[0], wanted[0]), strideBetween(shape[1], wanted[1])]
  const [stride] = strides
  return stride === null || strides[1] !== stride
    ? null
    : { kind: 'projection', place, from, filters: wanted[2], stride }
}

/** What brings the inputs of a layer that merges to one shape, or takes another input of that shape. */
function mergeRepairs(unfit: Unfit): Repair[] {
  const { layers, place, inputs, known } = unfit
  const joins = layers[place].kind === 'concat'
  const placesOf = (shape: Shape): string => (joins ? shape.slice(0, -1) : shape).join()
  const repairs: Repair[] = []
  // The others can be brought to a vector, or to the smallest map; of equals, to what the layer before gives.
  const before = layers[place - 1]?.name
  const [target] = inputs.toSorted(
    (one, other) =>
      one.shape.length - other.shape.length ||
      one.shape[0] - other.shape[0] ||
      Number(other.from === before) - Number(one.from === before),
  )
  for (const input of inputs) {
    if (placesOf(input.shape) === placesOf(target.shape)) continue
    const { shape } = input
    const wanted: Shape =
      joins && target.shape.length === 3 ? [target.shape[0], target.shape[1], shape[shape.length - 1]] : target.shape
    const bring = broughtTo(wanted, input, unfit)
    if (bring !== null) repairs.push(bring)
    else {
      const other = [...known].findLast(
        ([name, one]) => placesOf(one.shape) === placesOf(target.shape) && inputs.every(({ from }) => from !== name),
      )
      if (other !== undefined) repairs.push({ kind: 'input', place, from: input.from, to: other[0] })
    }
  }
  return [...repairs.slice(0, 1), { kind: 'remove', place }]
}

/** Changes that let a layer take what comes in, the likeliest first. */
export function repairsOf(unfit: Unfit): Repair[] {
  const { layers, place, inputs } = unfit
  const layer = layers[place]
  const [input] = inputs
  if (layer.kind === 'add' || layer.kind === 'concat') return mergeRepairs(unfit)
  if (layer.kind === 'dense')
    return [
      { kind: 'flatten', place, from: input.from },
      { kind: 'global-pool', place, from: input.from },
    ]
  const whitening = whiteningRepairs(unfit)
  if (whitening.length > 0) return whitening
  if (input.shape.length === 1) return mapRepairs(unfit)
  const repairs = windowRepairs(layer, place, input.shape)
  return repairs.length === 0 ? [{ kind: 'remove', place }] : repairs
}
