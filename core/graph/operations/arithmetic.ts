/** Arithmetic value by value, and sums over dimensions. */
import { sizeOf } from '../../network/shapes.ts'
import { type AnyValue, float32, type Gradient, type GraphBuilder, int32, type Value } from '../graphBuilder.ts'
import { biasAddGrad } from './matrices.ts'
import { broadcastTo, reshape } from './layout.ts'

/**
 * Shape of what two tensors give together: dimensions are compared from the last on, and one of extent 1, or one that
 * is not there, is repeated.
 * @throws Error when they do not fit.
 */
function broadcast(name: string, left: AnyValue, right: AnyValue): readonly number[] {
  const rank = Math.max(left.shape.length, right.shape.length)
  const padded = ({ shape }: AnyValue): readonly number[] => [...Array<number>(rank - shape.length).fill(1), ...shape]
  const others = padded(right)
  return padded(left).map((one, axis) => {
    const other = others[axis]
    if (one === other || other === 1) return one
    if (one === 1) return other
    if (one === -1 || other === -1) return Math.max(one, other)
    throw new Error(`${name}: [${left.shape.join()}] does not fit [${right.shape.join()}]`)
  })
}

/** The gradient by a tensor that was repeated: the sum over all its repetitions. */
function summedTo(graph: GraphBuilder, name: string, gradient: Value, shape: readonly number[]): Value {
  if (gradient.shape.join() === shape.join()) return gradient
  const added = gradient.shape.length - shape.length
  if (shape.length === 1 && added > 0 && gradient.shape[added] === shape[0]) return biasAddGrad(graph, name, gradient)
  const repeated = gradient.shape.flatMap((extent, axis) =>
    axis < added || (shape[axis - added] === 1 && extent !== 1) ? [axis] : [],
  )
  const summed = sum(graph, `${name}_sum`, gradient, repeated)
  return summed.shape.join() === shape.join() ? summed : reshape(graph, name, summed, shape)
}

/** What an operation on one tensor gives back, from the gradient by its output. */
type UnaryGradient = (graph: GraphBuilder, gradient: Value, output: Value) => Value

function unary(graph: GraphBuilder, name: string, operation: string, input: Value, gradientOf: UnaryGradient): Value {
  const output: Value = graph.add(name, {
    operation,
    inputs: [input],
    attributes: { T: float32 },
    type: 'float32',
    shape: input.shape,
    gradient: (within, gradient) => [gradientOf(within, gradient, output)],
  })
  return output
}

/** -x */
export function neg(graph: GraphBuilder, name: string, input: Value): Value {
  return unary(graph, name, 'Neg', input, (within, gradient) => neg(within, 'input', gradient))
}

/** x^2 */
export function square(graph: GraphBuilder, name: string, input: Value): Value {
  return unary(graph, name, 'Square', input, (within, gradient) =>
    mul(within, 'input', gradient, mul(within, 'slope', input, within.number('two', 2))),
  )
}

/** The distance of x from 0. Has no gradient. */
export function abs(graph: GraphBuilder, name: string, input: Value): Value {
  return graph.add(name, {
    operation: 'Abs',
    inputs: [input],
    attributes: { T: float32 },
    type: 'float32',
    shape: input.shape,
  })
}

/** The square root of x >= 0. */
export function sqrt(graph: GraphBuilder, name: string, input: Value): Value {
  return unary(graph, name, 'Sqrt', input, (within, gradient, output) =>
    div(within, 'input', mul(within, 'halved', gradient, within.number('half', 0.5)), output),
  )
}

/** e^x */
export function exp(graph: GraphBuilder, name: string, input: Value): Value {
  return unary(graph, name, 'Exp', input, (within, gradient, output) => mul(within, 'input', gradient, output))
}

/** The error function: 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
export function erf(graph: GraphBuilder, name: string, input: Value): Value {
  return unary(graph, name, 'Erf', input, (within, gradient) => {
    const power = exp(within, 'power', neg(within, 'exponent', square(within, 'square', input)))
    return mul(within, 'input', gradient, mul(within, 'slope', power, within.number('peak', 2 / Math.sqrt(Math.PI))))
  })
}

/** What an operation on two tensors gives back to either, in the shape of the output. */
type BinaryGradient = (graph: GraphBuilder, gradient: Value) => Value

function binary(
  graph: GraphBuilder,
  name: string,
  operation: string,
  left: Value,
  right: Value,
  gradients: readonly [left: BinaryGradient, right: BinaryGradient] | null,
): Value {
  const gradient: Gradient = (within, ofOutput, wanted) =>
    [left, right].map((input, index) =>
      gradients !== null && wanted[index]
        ? summedTo(within, index === 0 ? 'left' : 'right', gradients[index](within, ofOutput), input.shape)
        : null,
    )
  return graph.add(name, {
    operation,
    inputs: [left, right],
    attributes: { T: float32 },
    type: 'float32',
    shape: broadcast(name, left, right),
    ...(gradients === null ? {} : { gradient }),
  })
}

/** left + right */
export function add(graph: GraphBuilder, name: string, left: Value, right: Value): Value {
  return binary(graph, name, 'AddV2', left, right, [(_, gradient) => gradient, (_, gradient) => gradient])
}

/** left - right */
export function sub(graph: GraphBuilder, name: string, left: Value, right: Value): Value {
  return binary(graph, name, 'Sub', left, right, [
    (_, gradient) => gradient,
    (within, gradient) => neg(within, 'negative', gradient),
  ])
}

/** left * right */
export function mul(graph: GraphBuilder, name: string, left: Value, right: Value): Value {
  return binary(graph, name, 'Mul', left, right, [
    (within, gradient) => mul(within, 'times_right', gradient, right),
    (within, gradient) => mul(within, 'times_left', gradient, left),
  ])
}

/** left / right */
export function div(graph: GraphBuilder, name: string, left: Value, right: Value): Value {
  const output: Value = binary(graph, name, 'RealDiv', left, right, [
    (within, gradient) => div(within, 'by_right', gradient, right),
    (within, gradient) =>
      neg(within, 'negative', div(within, 'share', mul(within, 'times_quotient', gradient, output), right)),
  ])
  return output
}

/** The smaller of both. Has no gradient. */
export function minimum(graph: GraphBuilder, name: string, left: Value, right: Value): Value {
  return binary(graph, name, 'Minimum', left, right, null)
}

/** The larger of both. Has no gradient. */
export function maximum(graph: GraphBuilder, name: string, left: Value, right: Value): Value {
  return binary(graph, name, 'Maximum', left, right, null)
}

/** The sum of tensors of one shape, added in their order. */
export function addN(graph: GraphBuilder, name: string, values: readonly Value[]): Value {
  return graph.add(name, {
    operation: 'AddN',
    inputs: values,
    attributes: { T: float32, N: { int: values.length } },
    type: 'float32',
    shape: values[0].shape,
    gradient: (_, gradient) => values.map(() => gradient),
  })
}

function reduction<Type extends 'float32' | 'int32'>(
  graph: GraphBuilder,
  name: string,
  operation: string,
  input: Value<Type>,
  axes: readonly number[],
  gradient?: Gradient,
): Value<Type> {
  return graph.add(name, {
    operation,
    inputs: [input, graph.extents(`${name}_axes`, axes)],
    attributes: { T: { type: input.type }, Tidx: int32 },
    type: input.type,
    shape: input.shape.filter((_, axis) => !axes.includes(axis)),
    ...(gradient === undefined ? {} : { gradient }),
  })
}

/** The gradient by what was summed up: the one by the sum, repeated. */
function spread(graph: GraphBuilder, gradient: Value, shape: readonly number[], axes: readonly number[]): Value {
  const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  return broadcastTo(graph, 'input', reshape(graph, 'kept', gradient, kept), shape)
}

/** Sum over some dimensions, which the output does not have any more. */
export function sum<Type extends 'float32' | 'int32'>(
  graph: GraphBuilder,
  name: string,
  input: Value<Type>,
  axes: readonly number[],
): Value<Type> {
  return reduction(graph, name, 'Sum', input, axes, (within, gradient) => [
    spread(within, gradient, input.shape, axes),
    null,
  ])
}

/** Mean over some dimensions, which the output does not have any more. */
export function mean(graph: GraphBuilder, name: string, input: Value, axes: readonly number[]): Value {
  return reduction(graph, name, 'Mean', input, axes, (within, gradient) => {
    const count = sizeOf(axes.map((axis) => input.shape[axis]))
    const share = mul(within, 'share', gradient, within.number('one_of', 1 / count))
    return [spread(within, share, input.shape, axes), null]
  })
}

/** The smallest value over some dimensions, which the output does not have any more. Has no gradient. */
export function min(graph: GraphBuilder, name: string, input: Value, axes: readonly number[]): Value {
  return reduction(graph, name, 'Min', input, axes)
}

/** The largest value over some dimensions, which the output does not have any more. Has no gradient. */
export function max(graph: GraphBuilder, name: string, input: Value, axes: readonly number[]): Value {
  return reduction(graph, name, 'Max', input, axes)
}

/** Half of the sum of all squares. */
export function l2Loss(graph: GraphBuilder, name: string, input: Value): Value {
  return graph.add(name, {
    operation: 'L2Loss',
    inputs: [input],
    attributes: { T: float32 },
    type: 'float32',
    shape: [],
    gradient: (within, gradient) => [mul(within, 'input', input, gradient)],
  })
}
