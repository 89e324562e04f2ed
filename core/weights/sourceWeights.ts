/** A tensor of a file, or of a checkpoint, as its header describes it. */
export interface SourceTensor {
  readonly name: string
  /** The type of its values as the file calls it: `F32`, `BF16`, `I64`. */
  readonly type: string
  readonly shape: readonly number[]
}

/** What a tensor is for in its layer: those of a layer with a kernel, and those of batch normalisation. */
export type TensorRole = 'kernel' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance'

/**
 * How kernels lie.
 *
 * - `channels-first`, as in PyTorch: of a convolution `[out, in, height, width]`, of a depthwise one `[in * multiplier, 1,
 *   height, width]`, of a dense layer `[out, in]`. Maps are flattened channel by channel.
 * - `channels-last`, as in Keras and here: `[height, width, in, out]`, `[height, width, in, multiplier]`, `[in, out]`.
 * - `product`: of a dense layer `[in, out]`, behind maps that are flattened channel by channel.
 * - `transposed`: of a dense layer `[out, in]`, behind maps that are flattened place by place.
 */
export type KernelLayout = 'channels-first' | 'channels-last' | 'product' | 'transposed'

/** The tensors of one layer of another network. */
export interface SourceLayer {
  /** What comes before the role in the tensors' names, or the name of the node. */
  readonly name: string
  readonly tensors: Readonly<Partial<Record<TensorRole, SourceTensor>>>
  /** The layouts that its kernel may have: several where the file does not tell. */
  readonly layouts: readonly KernelLayout[]
}

/** The layers that a file or a checkpoint has weights of. */
export interface SourceWeights {
  readonly layers: readonly SourceLayer[]
  /** Names of the tensors that belong to none of them. */
  readonly others: readonly string[]
}

/** Types of values that are read; the others are counters and masks. */
export const readTypes: readonly string[] = ['F32', 'F16', 'BF16', 'F64']

/** What tensors are called in PyTorch, Keras and here, but for PyTorch's `weight` and `bias`, which depend on the layer. */
const roles: ReadonlyMap<string, TensorRole> = new Map([
  ['kernel', 'kernel'],
  ['depthwise_kernel', 'kernel'],
  ['gamma', 'scale'],
  ['beta', 'shift'],
  ['moving_mean', 'mean'],
  ['moving_variance', 'variance'],
  ['running_mean', 'mean'],
  ['running_var', 'variance'],
  ['scale', 'scale'],
  ['shift', 'shift'],
  ['mean', 'mean'],
  ['variance', 'variance'],
])

/** `features.3` and `weight` of `features.3.weight`; `conv_1` and `kernel` of `conv_1/kernel`; all is last of one part. */
export function parted(name: string): readonly [before: string, last: string] {
  const end = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'))
  return [name.slice(0, Math.max(0, end)), name.slice(end + 1)]
}

/** The name of a tensor's layer, and what the tensor is called in it. */
function placeOf({ name }: SourceTensor): readonly [layer: string, last: string] {
  const [layer, last] = parted(name)
  // Keras writes `kernel:0`.
  return [layer, last.replace(/:\d+$/, '')]
}

/** By the parts of their names, numbers by their value: `conv2` before `conv10`. */
const inOrder = new Intl.Collator('en', { numeric: true })

function layerOf(name: string, own: readonly SourceTensor[]): SourceLayer {
  const lasts = own.map((tensor) => [placeOf(tensor)[1], tensor] as const)
  const isNorm = lasts.some(
    ([last, { shape }]) =>
      roles.get(last) === 'mean' || roles.get(last) === 'scale' || (last === 'weight' && shape.length === 1),
  )
  const tensors: Partial<Record<TensorRole, SourceTensor>> = {}
  for (const [last, tensor] of lasts) {
    const role =
      last === 'weight'
        ? isNorm
          ? 'scale'
          : 'kernel'
        : last === 'bias'
          ? isNorm
            ? 'shift'
            : 'bias'
          : roles.get(last)
    if (role !== undefined) tensors[role] = tensor
  }
  const named = lasts.map(([last]) => last)
  const layouts: KernelLayout[] = [
    ...(named.some((last) => last === 'weight' || last === 'running_mean') ? (['channels-first'] as const) : []),
    ...(named.some((last) => roles.has(last) && last !== 'running_mean' && last !== 'running_var')
      ? (['channels-last'] as const)
      : []),
  ]
  return { name, tensors, layouts }
}

/**
 * The layers of a file whose tensors say by their names what they are for, as those of PyTorch, Keras and Conv Lab do,
 * ordered by their names.
 */
export function layersByName(tensors: readonly SourceTensor[]): SourceWeights {
  const groups = new Map<string, SourceTensor[]>()
  const others: string[] = []
  for (const tensor of tensors) {
    const [layer, last] = placeOf(tensor)
    const known = last === 'weight' || last === 'bias' || roles.has(last)
    if (known && readTypes.includes(tensor.type)) groups.set(layer, [...(groups.get(layer) ?? []), tensor])
    else others.push(tensor.name)
  }
  const layers = [...groups].map(([name, own]) => layerOf(name, own))
  return { layers: layers.sort((one, other) => inOrder.compare(one.name, other.name)), others }
}
