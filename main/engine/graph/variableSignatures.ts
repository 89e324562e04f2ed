import type { Variable } from '../../../core/geometry.ts'
import { float32, type GraphBuilder, type Output, type Port, type Signature } from './graphBuilder.ts'
import { handleOf } from './network.ts'

/** Adds the variables themselves, without values, and returns their handles by name. All signatures share them. */
export function variableHandles(parent: GraphBuilder, variables: readonly Variable[]): ReadonlyMap<string, Output> {
  const graph = parent.within('variables')
  return new Map(
    variables.map(
      ({ name, shape }) =>
        [
          name,
          graph.add('VarHandleOp', name, [], { dtype: float32, shape: { shape }, shared_name: { text: name } }),
        ] as const,
    ),
  )
}

/** Gives the values of all variables, by name. */
export function readSignature(
  parent: GraphBuilder,
  variables: readonly Variable[],
  handles: ReadonlyMap<string, Output>,
): Signature {
  const graph = parent.within('read')
  const outputs = variables.map(({ name, shape }): [string, Port] => {
    const output = graph.add('ReadVariableOp', name, [handleOf(handles, name)], { dtype: float32 })
    return [name, { output, type: 'float32', shape }]
  })
  return { inputs: new Map(), outputs: new Map(outputs) }
}

/** Takes the values of all variables, by name, and gives `written`, their number. */
export function writeSignature(
  parent: GraphBuilder,
  variables: readonly Variable[],
  handles: ReadonlyMap<string, Output>,
): Signature {
  const graph = parent.within('write')
  const inputs = variables.map(({ name, shape }): [string, Port] => [name, graph.placeholder(name, 'float32', shape)])
  const assigned = inputs.map(([name, port]) => {
    // A fed tensor may lie in memory of JavaScript's, where its values can change, and which may be given back on
    // JavaScript's thread only. The variable gets memory of its own.
    const copy = graph.add('DeepCopy', `${name}/copy`, [port.output], { T: float32 })
    return graph.add('AssignVariableOp', `${name}/assign`, [handleOf(handles, name), copy], { dtype: float32 })
  })
  const count = graph.number('count', variables.length)
  return {
    inputs: new Map(inputs),
    outputs: new Map([['written', graph.fetch('written', count, 'float32', [], assigned)]]),
  }
}
