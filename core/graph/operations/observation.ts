/** Operations that describe values. None has a gradient. */
import { type AnyValue, float32, type GraphBuilder, int32, type Value } from '../graphBuilder.ts'

/** Whether each value is finite, neither infinite nor NaN. */
export function isFinite(graph: GraphBuilder, name: string, input: Value): Value<'bool'> {
  return graph.add(name, {
    operation: 'IsFinite',
    inputs: [input],
    attributes: { T: float32 },
    type: 'bool',
    shape: input.shape,
  })
}

/** Whether all values are true, as one value. */
export function all(graph: GraphBuilder, name: string, input: Value<'bool'>): Value<'bool'> {
  return graph.add(name, {
    operation: 'All',
    inputs: [
      input,
      graph.extents(
        `${name}_axes`,
        input.shape.map((_, axis) => axis),
      ),
    ],
    attributes: { Tidx: int32 },
    type: 'bool',
    shape: [],
  })
}

/** The values where the condition holds, and one number elsewhere. */
export function valuesWhere(
  graph: GraphBuilder,
  name: string,
  condition: Value<'bool'>,
  values: Value,
  elsewhere: Value,
): Value {
  return graph.add(name, {
    operation: 'SelectV2',
    inputs: [condition, values, elsewhere],
    attributes: { T: float32 },
    type: 'float32',
    shape: values.shape,
  })
}

/**
 * How many values lie in each of equally wide bins, `[bins]`. Values beyond an end count to the bin there.
 * @param range `[2]`: the lower end of the first bin and the higher upper end of the last.
 */
export function histogramFixedWidth(
  graph: GraphBuilder,
  name: string,
  values: Value,
  range: Value,
  bins: number,
): Value<'int32'> {
  const inputs: AnyValue[] = [values, range, graph.integer(`${name}_bins`, bins)]
  return graph.add(name, {
    operation: 'HistogramFixedWidth',
    inputs,
    attributes: { T: float32, dtype: int32 },
    type: 'int32',
    shape: [bins],
  })
}

/** The first entries along dimension 0. Has no gradient. */
export function firstOf(graph: GraphBuilder, name: string, values: Value, count: number): Value {
  const shape = [count, ...values.shape.slice(1)]
  const begin = graph.extents(
    `${name}_begin`,
    shape.map(() => 0),
  )
  return graph.add(name, {
    operation: 'Slice',
    inputs: [values, begin, graph.extents(`${name}_size`, shape)],
    attributes: { T: float32, Index: int32 },
    type: 'float32',
    shape,
  })
}
