import type { AnyValue, GraphBuilder, Value } from './graphBuilder.ts'
import { addN } from './operations/arithmetic.ts'

/** The sum of tensors of one shape, in their order; one alone is itself. */
export function summedUp(graph: GraphBuilder, name: string, values: readonly Value[]): Value {
  return values.length === 1 ? values[0] : addN(graph, name, values)
}

/**
 * Adds the gradients of a loss by some values: reverse accumulation (Linnainmaa 1970) over the recorded operations,
 * from the last to the first. Only operations on a way from a wanted value to the output get gradient nodes. Where a
 * value is used several times, its gradients are added in one sum, those of later operations first: their order decides
 * the bits.
 * @param output A value of the graph that the loss depends on.
 * @param gradient Gradient of the loss by it, shaped as it.
 * @param wanted What to find the gradients by.
 * @returns a gradient for each wanted value that the output depends on, shaped as the value.
 * @throws Error when an operation on the way has no gradient.
 */
export function gradientsBy(
  graph: GraphBuilder,
  output: Value,
  gradient: Value,
  wanted: readonly Value[],
): ReadonlyMap<AnyValue, Value> {
  const { records } = graph
  /** What is computed from a wanted value, and these themselves. */
  const dependent = new Set<AnyValue>(wanted)
  for (const { inputs, outputs } of records) {
    if (inputs.some((input) => dependent.has(input))) for (const each of outputs) dependent.add(each)
  }

  /** What each operation that uses a value gives back to it. */
  const given = new Map<AnyValue, Value[]>([[output, [gradient]]])
  for (const { graph: place, name, inputs, outputs, gradient: gradientOf } of records.toReversed()) {
    const [first, ...others] = outputs
    if (others.some((each) => given.has(each))) throw new Error(`only the first output of ${name} has a gradient`)
    const back = given.get(first)
    const needed = inputs.map((input) => dependent.has(input))
    if (back === undefined || !needed.includes(true)) continue
    if (gradientOf === null) throw new Error(`the operation ${name} has no gradient`)
    const byInputs = gradientOf(place, summedUp(place, 'sum', back), needed)
    inputs.forEach((input, index) => {
      const byInput = byInputs[index]
      if (!needed[index]) return
      if (byInput === null) throw new Error(`the operation ${name} has no gradient by its input ${index}`)
      given.set(input, [...(given.get(input) ?? []), byInput])
    })
  }

  return new Map(
    wanted.flatMap((value, index) => {
      const back = given.get(value)
      return back === undefined ? [] : [[value, summedUp(graph, `gradient_sum_${index}`, back)] as const]
    }),
  )
}
