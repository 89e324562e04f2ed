/** Classes: comparing labels and answers, probabilities, and cross-entropy. */
import { type AnyValue, float32, type GraphBuilder, int32, type Value } from '../graphBuilder.ts'
import { mul } from './arithmetic.ts'
import { reshape } from './layout.ts'

function comparison<Type extends 'float32' | 'int32'>(
  graph: GraphBuilder,
  name: string,
  operation: string,
  left: Value<Type>,
  right: Value<Type>,
): Value<'bool'> {
  return graph.add(name, {
    operation,
    inputs: [left, right],
    attributes: { T: { type: left.type } },
    type: 'bool',
    shape: left.shape,
  })
}

/** Whether two tensors of one shape are equal, value by value. Has no gradient. */
export function equal(graph: GraphBuilder, name: string, left: Value<'int32'>, right: Value<'int32'>): Value<'bool'> {
  return comparison(graph, name, 'Equal', left, right)
}

/** Whether each value is above a number. Has no gradient. */
export function greater(graph: GraphBuilder, name: string, left: Value, number: Value): Value<'bool'> {
  return comparison(graph, name, 'Greater', left, number)
}

/** Whether each value is a number or above it. Has no gradient. */
export function greaterEqual(graph: GraphBuilder, name: string, left: Value, number: Value): Value<'bool'> {
  return comparison(graph, name, 'GreaterEqual', left, number)
}

/**
 * Where the largest value is along dimension 1, the first place where several are largest: of logits `[batch, classes]`
 * the class, `[batch]`. Has no gradient.
 */
export function argMax(graph: GraphBuilder, name: string, values: Value): Value<'int32'> {
  return graph.add(name, {
    operation: 'ArgMax',
    inputs: [values, graph.integer('class_axis', 1)],
    attributes: { T: float32, Tidx: int32, output_type: int32 },
    type: 'int32',
    shape: values.shape.toSpliced(1, 1),
  })
}

/** What stands for a class that is the label, and for one that is not. */
export interface OneHotValues {
  /** int32: the number of classes. */
  readonly classes: Value<'int32'>
  readonly atLabel: Value
  readonly elsewhere: Value
}

/**
 * Labels `[batch]` as `[batch, classes]`. Has no gradient.
 * @param classes Number of classes.
 */
export function oneHot(
  graph: GraphBuilder,
  name: string,
  labels: Value<'int32'>,
  values: OneHotValues,
  classes: number,
): Value {
  return graph.add(name, {
    operation: 'OneHot',
    inputs: [labels, values.classes, values.atLabel, values.elsewhere],
    attributes: { T: float32, TI: int32, axis: { int: -1 } },
    type: 'float32',
    shape: [...labels.shape, classes],
  })
}

/**
 * The probability of each class, from logits `[batch, classes]`. Has no gradient: the one of cross-entropy is exact.
 */
export function softmax(graph: GraphBuilder, name: string, logits: Value): Value {
  return graph.add(name, {
    operation: 'Softmax',
    inputs: [logits],
    attributes: { T: float32 },
    type: 'float32',
    shape: logits.shape,
  })
}

/** Losses of each image, with the gradient by the logits that TensorFlow computes along. */
export interface CrossEntropy {
  /** `[batch]` */
  readonly losses: Value
  /** Gradient of each image's loss by its logits, `[batch, classes]`. */
  readonly gradients: Value
}

function crossEntropy(
  graph: GraphBuilder,
  name: string,
  operation: string,
  logits: Value,
  [wanted, attributes]: readonly [AnyValue, Parameters<GraphBuilder['addAll']>[1]['attributes']],
): CrossEntropy {
  const [losses, gradients]: readonly Value[] = graph.addAll(name, {
    operation,
    inputs: [logits, wanted],
    attributes,
    shapes: [logits.shape.slice(0, 1), logits.shape],
    gradient: (within, gradient) => [
      mul(within, 'logits', gradients, reshape(within, 'column', gradient, [-1, 1])),
      null,
    ],
  })
  return { losses, gradients }
}

/** Cross-entropy of logits `[batch, classes]` with a wanted distribution `[batch, classes]`. */
export function softmaxCrossEntropyWithLogits(
  graph: GraphBuilder,
  name: string,
  logits: Value,
  wanted: Value,
): CrossEntropy {
  return crossEntropy(graph, name, 'SoftmaxCrossEntropyWithLogits', logits, [wanted, { T: float32 }])
}

/** Cross-entropy of logits `[batch, classes]` with labels `[batch]`. */
export function sparseSoftmaxCrossEntropyWithLogits(
  graph: GraphBuilder,
  name: string,
  logits: Value,
  labels: Value<'int32'>,
): CrossEntropy {
  const attributes = { T: float32, Tlabels: int32 }
  return crossEntropy(graph, name, 'SparseSoftmaxCrossEntropyWithLogits', logits, [labels, attributes])
}
