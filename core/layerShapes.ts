import type { ConvInitializer, Layer, Padding } from './model.ts'
import { phrase, type Phrase } from './phrases.ts'
import { refuse } from './problems.ts'

/** A map of `[height, width, channels]` or a vector of `[units]`, without the batch dimension. */
export type Shape = readonly [number, number, number] | readonly [number]

/** A tensor that a layer owns. Names and layouts are the ones a checkpoint has. */
export interface Variable {
  /** `<layer>/<role>`, for example `conv_1/kernel`. */
  readonly name: string
  /**
   * kernel of a convolution `[height, width, in, out]`, of a depthwise one `[height, width, in, multiplier]`, of a
   * dense layer `[in, out]`; all others `[channels]`.
   */
  readonly shape: readonly number[]
  /** Trained by the optimizer, or only kept: a running statistic, or a kernel that whitens. */
  readonly trained: boolean
  readonly initial:
    | { readonly kind: 'constant'; readonly value: number }
    | { readonly kind: 'whitening' }
    | { readonly kind: Exclude<ConvInitializer, 'whitening'>; readonly fanIn: number; readonly fanOut: number }
}

/** Number of values in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/**
 * Extent after a window of `size` moved by `stride`, as TensorFlow counts `SAME` and `VALID` (0 where it does not fit).
 */
export function extentAfter(extent: number, size: number, stride: number, padding: Padding): number {
  return padding === 'same' ? Math.ceil(extent / stride) : Math.max(0, Math.floor((extent - size) / stride) + 1)
}

type MapShape = readonly [number, number, number]

/** A shape as people read it: `24 x 24 x 3`. */
export function shapeText(shape: Shape): string {
  return shape.join(' x ')
}

function unfit(layer: Layer, detail: Phrase): never {
  return refuse('model-invalid', { layer: layer.name, detail })
}

function mapOf(shape: Shape, layer: Layer): MapShape {
  if (shape.length === 3) return shape
  return unfit(layer, phrase('map-needed', { units: shape[0] }))
}

function windowed(
  layer: Layer,
  input: MapShape,
  [height, width]: readonly [number, number],
  { stride, padding }: { stride: number; padding: Padding },
  channels: number,
): Shape {
  const output = [
    extentAfter(input[0], height, stride, padding),
    extentAfter(input[1], width, stride, padding),
    channels,
  ] as const
  if (output[0] < 1 || output[1] < 1) {
    unfit(
      layer,
      phrase('window-too-large', {
        window: `${height} x ${width}`,
        map: `${input[0]} x ${input[1]}`,
        shape: shapeText(input),
      }),
    )
  }
  return output
}

function constant(name: string, shape: readonly number[], value: number, trained: boolean): Variable {
  return { name, shape, trained, initial: { kind: 'constant', value } }
}

/** A kernel and, where the layer has one, the bias of each of its outputs. */
function weights(
  layer: Extract<Layer, { bias: boolean }>,
  shape: readonly number[],
  fanIn: number,
  fanOut: number,
  outputs: number,
): Variable[] {
  const { initializer } = layer
  const whitens = initializer === 'whitening'
  const kernel: Variable = {
    name: `${layer.name}/kernel`,
    shape,
    trained: !whitens,
    initial: whitens ? { kind: initializer } : { kind: initializer, fanIn, fanOut },
  }
  return layer.bias ? [kernel, constant(`${layer.name}/bias`, [outputs], 0, true)] : [kernel]
}

/** A whitening filter is a component of the images' patches or its opposite. */
function checkWhitening(layer: Extract<Layer, { kind: 'conv' }>, [height, width, channels]: MapShape): void {
  if (layer.initializer !== 'whitening') return
  const { kernel } = layer
  if (kernel.height > height || kernel.width > width)
    unfit(
      layer,
      phrase('whitening-too-large', { kernel: `${kernel.height} x ${kernel.width}`, image: `${height} x ${width}` }),
    )
  const patch = kernel.height * kernel.width * channels
  if (layer.filters % 2 === 0 && layer.filters <= 2 * patch) return
  unfit(layer, phrase('whitening-unpaired', { filters: layer.filters, values: patch, most: 2 * patch }))
}

/** The scale and shift of a pool that has them. */
function scaling(layer: Extract<Layer, { scaling: unknown }>, channels: number): Variable[] {
  return layer.scaling === null
    ? []
    : [constant(`${layer.name}/scale`, [channels], 1, true), constant(`${layer.name}/shift`, [channels], 0, true)]
}

function added(layer: Extract<Layer, { kind: 'add' }>, inputs: readonly Shape[]): Shape {
  const [first] = inputs
  const other = inputs.find((shape) => shape.join() !== first.join())
  if (other !== undefined) unfit(layer, phrase('added-unlike', { shapes: inputs.map(shapeText).join(', ') }))
  return first
}

function joined(layer: Extract<Layer, { kind: 'concat' }>, inputs: readonly Shape[]): Shape {
  const [first] = inputs
  const fits = inputs.every(
    (shape) => shape.length === first.length && shape.slice(0, -1).join() === first.slice(0, -1).join(),
  )
  if (!fits) unfit(layer, phrase('joined-unlike', { shapes: inputs.map(shapeText).join(', ') }))
  const channels = inputs.reduce((sum, shape) => sum + shape[shape.length - 1], 0)
  return first.length === 3 ? [first[0], first[1], channels] : [channels]
}

/**
 * What a layer makes of what comes in, and the variables it needs for that.
 * @param inputs One shape for most layers, several for those that merge.
 * @throws LabError `model-invalid` with the layer, what comes in, and what to change.
 */
export function layerShape(
  layer: Layer,
  inputs: readonly Shape[],
): { readonly output: Shape; readonly variables: readonly Variable[] } {
  const [input] = inputs
  switch (layer.kind) {
    case 'conv': {
      const map = mapOf(input, layer)
      const { height, width } = layer.kernel
      const area = height * width
      checkWhitening(layer, map)
      const output = windowed(layer, map, [height, width], layer, layer.filters)
      return {
        output,
        variables: weights(
          layer,
          [height, width, map[2], layer.filters],
          area * map[2],
          area * layer.filters,
          layer.filters,
        ),
      }
    }
    case 'depthwise-conv': {
      const map = mapOf(input, layer)
      const { height, width } = layer.kernel
      const area = height * width
      const channels = map[2] * layer.multiplier
      const output = windowed(layer, map, [height, width], layer, channels)
      return {
        output,
        variables: weights(layer, [height, width, map[2], layer.multiplier], area, area * layer.multiplier, channels),
      }
    }
    case 'batch-norm': {
      const channels = [mapOf(input, layer)[2]]
      const variables = [
        constant(`${layer.name}/scale`, channels, 1, true),
        constant(`${layer.name}/shift`, channels, 0, true),
        constant(`${layer.name}/mean`, channels, 0, false),
        constant(`${layer.name}/variance`, channels, 1, false),
      ]
      return { output: input, variables }
    }
    case 'max-pool':
    case 'average-pool': {
      const map = mapOf(input, layer)
      return {
        output: windowed(layer, map, [layer.size, layer.size], layer, map[2]),
        variables: scaling(layer, map[2]),
      }
    }
    case 'global-max-pool':
    case 'global-average-pool': {
      const [, , channels] = mapOf(input, layer)
      return { output: [channels], variables: scaling(layer, channels) }
    }
    case 'dense':
      if (input.length !== 1) unfit(layer, phrase('vector-needed', { shape: shapeText(input) }))
      return {
        output: [layer.units],
        variables: weights(layer, [input[0], layer.units], input[0], layer.units, layer.units),
      }
    case 'flatten':
      return { output: [sizeOf(input)], variables: [] }
    case 'activation':
    case 'dropout':
    case 'scale':
      return { output: input, variables: [] }
    case 'add':
      return { output: added(layer, inputs), variables: [] }
    case 'concat':
      return { output: joined(layer, inputs), variables: [] }
  }
}
