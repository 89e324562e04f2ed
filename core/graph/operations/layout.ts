/** Operations that put values in another shape or order and compute nothing. */
import { sizeOf } from '../../network/shapes.ts'
import { type AnyValue, type ElementType, float32, type GraphBuilder, int32, type Value } from '../graphBuilder.ts'

/** The shape that is asked for, with the extent that follows from the others where all of the input's are known. */
function completed(input: readonly number[], asked: readonly number[]): readonly number[] {
  if (input.includes(-1)) return asked
  const rest = sizeOf(input) / sizeOf(asked.filter((extent) => extent !== -1))
  return asked.map((extent) => (extent === -1 ? rest : extent))
}

/** The values in their order, in another shape; -1 stands for one extent that follows from the others. */
export function reshape(graph: GraphBuilder, name: string, input: Value, shape: readonly number[]): Value {
  return graph.add(name, {
    operation: 'Reshape',
    inputs: [input, graph.extents(`${name}_shape`, shape)],
    attributes: { T: float32, Tshape: int32 },
    type: 'float32',
    shape: completed(input.shape, shape),
    // The first extent is the number of images, which TensorFlow finds by itself.
    gradient: (within, gradient) => [
      reshape(within, 'input', gradient, input.shape.length === 0 ? [] : [-1, ...input.shape.slice(1)]),
      null,
    ],
  })
}

/** The shape of a tensor as a vector; written into the graph where all extents are known. Has no gradient. */
export function shapeOf(graph: GraphBuilder, name: string, input: Value): Value<'int32'> {
  const { shape } = input
  if (!shape.includes(-1)) return graph.extents(name, shape)
  return graph.add(name, {
    operation: 'Shape',
    inputs: [input],
    attributes: { T: float32, out_type: int32 },
    type: 'int32',
    shape: [shape.length],
  })
}

/** Dimension `i` of the output is dimension `axes[i]` of the input. */
export function transpose(graph: GraphBuilder, name: string, input: Value, axes: readonly number[]): Value {
  return graph.add(name, {
    operation: 'Transpose',
    inputs: [input, graph.extents(`${name}_order`, axes)],
    attributes: { T: float32, Tperm: int32 },
    type: 'float32',
    shape: axes.map((axis) => input.shape[axis]),
    gradient: (within, gradient) => [
      transpose(
        within,
        'input',
        gradient,
        axes.map((_, axis) => axes.indexOf(axis)),
      ),
      null,
    ],
  })
}

/** The values repeated along dimensions of extent 1, or along new ones in front. */
export function broadcastTo(graph: GraphBuilder, name: string, input: Value, shape: readonly number[]): Value {
  return graph.add(name, {
    operation: 'BroadcastTo',
    inputs: [input, graph.extents(`${name}_shape`, shape)],
    attributes: { T: float32, Tidx: int32 },
    type: 'float32',
    shape,
  })
}

/** Sum of extents, -1 where one is not known. */
function total(extents: readonly number[]): number {
  return extents.includes(-1) ? -1 : extents.reduce((sum, extent) => sum + extent, 0)
}

/** Tensors behind each other along one dimension; they agree in all others. */
export function concat(graph: GraphBuilder, name: string, values: readonly Value[], axis: number): Value {
  const sizes = values.map(({ shape }) => shape[axis])
  const axisNode = graph.integer(`${name}_axis`, axis)
  return graph.add(name, {
    operation: 'ConcatV2',
    inputs: [...values, axisNode],
    attributes: { T: float32, Tidx: int32, N: { int: values.length } },
    type: 'float32',
    shape: values[0].shape.with(axis, total(sizes)),
    gradient: (within, gradient) => [...split(within, 'parts', gradient, sizes, axis, axisNode), null],
  })
}

/**
 * A tensor in parts of these sizes along one dimension. Has no gradient.
 * @param axisNode The dimension as a value of the graph.
 */
function split(
  graph: GraphBuilder,
  name: string,
  input: Value,
  sizes: readonly number[],
  axis: number,
  axisNode: Value<'int32'>,
): readonly Value[] {
  return graph.addAll(name, {
    operation: 'SplitV',
    inputs: [input, graph.extents(`${name}_sizes`, sizes), axisNode],
    attributes: { T: float32, Tlen: int32, num_split: { int: sizes.length } },
    shapes: sizes.map((size) => input.shape.with(axis, size)),
  })
}

/** Tensors of one shape as one tensor, along a new first dimension. Has no gradient. */
export function pack<Type extends 'float32' | 'int32'>(
  graph: GraphBuilder,
  name: string,
  values: readonly Value<Type>[],
): Value<Type> {
  const [{ type, shape }] = values
  return graph.add(name, {
    operation: 'Pack',
    inputs: values,
    attributes: { T: { type }, N: { int: values.length } },
    type,
    shape: [values.length, ...shape],
  })
}

/** The values in reverse order along one dimension. */
export function reverse(graph: GraphBuilder, name: string, input: Value, axis: number): Value {
  return graph.add(name, {
    operation: 'ReverseV2',
    inputs: [input, graph.extents(`${name}_axis`, [axis])],
    attributes: { T: float32, Tidx: int32 },
    type: 'float32',
    shape: input.shape,
    gradient: (within, gradient) => [reverse(within, 'input', gradient, axis), null],
  })
}

/** The values as another element type; booleans as 0 and 1. Has no gradient. */
export function cast<To extends ElementType>(graph: GraphBuilder, name: string, input: AnyValue, to: To): Value<To> {
  return graph.add(name, {
    operation: 'Cast',
    inputs: [input],
    attributes: { SrcT: { type: input.type }, DstT: { type: to } },
    type: to,
    shape: input.shape,
  })
}
