/** Variables: what a session keeps from run to run. All are float32. None of these operations has a gradient. */
import { type AnyValue, float32, type GraphBuilder, type Value } from '../graphBuilder.ts'

/** The handle of the variable with this name; all handles of one name are one variable. */
export function varHandle(
  graph: GraphBuilder,
  name: string,
  variable: string,
  shape: readonly number[],
): Value<'resource'> {
  return graph.add(name, {
    operation: 'VarHandleOp',
    inputs: [],
    attributes: { dtype: float32, shape: { shape }, shared_name: { text: variable } },
    type: 'resource',
    shape,
  })
}

/** The value of a variable, once the nodes in `after` have run. */
export function readVariable(
  graph: GraphBuilder,
  name: string,
  handle: Value<'resource'>,
  after: readonly AnyValue[] = [],
): Value {
  return graph.add(name, {
    operation: 'ReadVariableOp',
    inputs: [handle],
    attributes: { dtype: float32 },
    after,
    type: 'float32',
    shape: handle.shape,
  })
}

/** A node that changes something and gives nothing; others may wait for it. */
function effect(
  graph: GraphBuilder,
  name: string,
  node: Pick<Parameters<GraphBuilder['addAll']>[1], 'operation' | 'inputs' | 'attributes' | 'after'>,
): AnyValue {
  return graph.add(name, { ...node, type: 'resource', shape: [] })
}

/** Sets a variable, once the nodes in `after` have run. The variable may take the value's memory. */
export function assignVariable(
  graph: GraphBuilder,
  name: string,
  handle: Value<'resource'>,
  value: Value,
  after: readonly AnyValue[] = [],
): AnyValue {
  return effect(graph, name, {
    operation: 'AssignVariableOp',
    inputs: [handle, value],
    attributes: { dtype: float32 },
    after,
  })
}

/** Frees the memory of a variable, once the nodes in `after` have run. It has no value until it is set again. */
export function destroyVariable(
  graph: GraphBuilder,
  name: string,
  handle: Value<'resource'>,
  after: readonly AnyValue[],
): AnyValue {
  return effect(graph, name, {
    operation: 'DestroyResourceOp',
    inputs: [handle],
    attributes: { ignore_lookup_error: { bool: true } },
    after,
  })
}

/** The values in memory of their own. */
export function deepCopy(graph: GraphBuilder, name: string, input: Value): Value {
  return graph.add(name, {
    operation: 'DeepCopy',
    inputs: [input],
    attributes: { T: float32 },
    type: 'float32',
    shape: input.shape,
  })
}

/** Waits for all nodes in `after`. */
export function noOp(graph: GraphBuilder, name: string, after: readonly AnyValue[]): AnyValue {
  return effect(graph, name, { operation: 'NoOp', inputs: [], attributes: {}, after })
}

/** What Adam's update takes: handles of variable and moments, the numbers of the step, and the gradient. */
export interface AdamInputs {
  readonly variable: Value<'resource'>
  readonly m: Value<'resource'>
  readonly v: Value<'resource'>
  readonly beta1Power: Value
  readonly beta2Power: Value
  readonly rate: Value
  readonly beta1: Value
  readonly beta2: Value
  readonly epsilon: Value
  readonly gradient: Value
}

/** `w -= rate * sqrt(1 - beta2Power) / (1 - beta1Power) * m / (sqrt(v) + epsilon)`, after m and v have moved. */
export function applyAdam(
  graph: GraphBuilder,
  name: string,
  { variable, m, v, beta1Power, beta2Power, rate, beta1, beta2, epsilon, gradient }: AdamInputs,
  after: readonly AnyValue[],
): AnyValue {
  return effect(graph, name, {
    operation: 'ResourceApplyAdam',
    inputs: [variable, m, v, beta1Power, beta2Power, rate, beta1, beta2, epsilon, gradient],
    attributes: { T: float32 },
    after,
  })
}

/** What an update with momentum takes: handles of variable and velocity, the numbers of the step, and the gradient. */
export interface MomentumInputs {
  readonly variable: Value<'resource'>
  readonly velocity: Value<'resource'>
  readonly rate: Value
  readonly gradient: Value
  readonly momentum: Value
  readonly nesterov: boolean
}

/** `velocity = momentum * velocity + gradient`, then `w -= rate * velocity`, or Nesterov's step. */
export function applyMomentum(
  graph: GraphBuilder,
  name: string,
  { variable, velocity, rate, gradient, momentum, nesterov }: MomentumInputs,
  after: readonly AnyValue[],
): AnyValue {
  return effect(graph, name, {
    operation: 'ResourceApplyMomentum',
    inputs: [variable, velocity, rate, gradient, momentum],
    attributes: { T: float32, use_nesterov: { bool: nesterov } },
    after,
  })
}
