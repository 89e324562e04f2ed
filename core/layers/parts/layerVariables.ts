import type { ConvInitializer } from './initializer.ts'

/** A tensor that a layer owns. Names and layouts are the ones a checkpoint has. */
export interface Variable {
  /** `<layer>/<role>`, for example `conv_1/kernel`. */
  readonly name: string
  /**
   * kernel of a convolution `[height, width, in, out]`, of a depthwise one `[height, width, in, multiplier]`, of a
   * dense layer `[in, out]`. Most others have one value a channel, `[channels]`.
   */
  readonly shape: readonly number[]
  /** Trained by the optimizer, or only kept: a running statistic, or a kernel that whitens. */
  readonly trained: boolean
  readonly initial:
    | { readonly kind: 'constant'; readonly value: number }
    | { readonly kind: 'whitening' }
    | { readonly kind: Exclude<ConvInitializer, 'whitening'>; readonly fanIn: number; readonly fanOut: number }
}

/** A variable that begins with one value everywhere. */
export function constant(name: string, shape: readonly number[], value: number, trained: boolean): Variable {
  return { name, shape, trained, initial: { kind: 'constant', value } }
}

/** A layer with a kernel. */
interface Weighted {
  readonly name: string
  readonly bias: boolean
  readonly initializer: ConvInitializer
}

/** A kernel and, where the layer has one, the bias of each of its outputs. */
export function weights(
  layer: Weighted,
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
