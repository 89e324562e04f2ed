import type { GraphBuilder, Signature, Value } from '../../../core/graph/graphBuilder.ts'
import { assignVariable, deepCopy, readVariable, varHandle } from '../../../core/graph/operations/variables.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import { found } from './network.ts'

/** Handles of variables by their names. */
export type Handles = ReadonlyMap<string, Value<'resource'>>

/** Adds the variables, without values, and returns their handles by name. All signatures share them. */
export function variableHandles(parent: GraphBuilder, variables: readonly Variable[]): Handles {
  const graph = parent.within('variables')
  return new Map(variables.map(({ name, shape }) => [name, varHandle(graph, name, name, shape)]))
}

/** Outputs: the values of all variables, by name. */
export function readSignature(parent: GraphBuilder, variables: readonly Variable[], handles: Handles): Signature {
  const graph = parent.within('read')
  const outputs = new Map(variables.map(({ name }) => [name, readVariable(graph, name, found(handles, name))]))
  return { inputs: new Map(), outputs }
}

/** Inputs: the values of all variables, by name. Output: `written`, the number of variables. */
export function writeSignature(parent: GraphBuilder, variables: readonly Variable[], handles: Handles): Signature {
  const graph = parent.within('write')
  const inputs = new Map(variables.map(({ name, shape }) => [name, graph.placeholder(name, 'float32', shape)]))
  const assigned = [...inputs].map(([name, value]) => {
    // A fed tensor may share memory with JavaScript. Its values can change there, and only JavaScript's thread may free
    // it. So the variable gets a copy of its own.
    const copy = deepCopy(graph, `${name}/copy`, value)
    return assignVariable(graph, `${name}/assign`, found(handles, name), copy)
  })
  const count = graph.number('count', variables.length)
  return {
    inputs,
    outputs: new Map([['written', graph.fetch('written', count, assigned)]]),
  }
}
