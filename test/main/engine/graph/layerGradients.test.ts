import type { Tensor } from '@tensorflow/tfjs-node'
import { afterAll, describe, expect, it } from 'vitest'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { type LayerCase, layerCases } from './layerCases.ts'
import { openLayer, someVariables, type LayerProbe, type Values } from './layerProbe.ts'
import { differences, distinctNumbers, randomNumbers } from './numbers.ts'

/** What the eager operations give: gradients by input and by each variable that the probe trains. */
function eagerGradients(
  { eager }: LayerCase,
  probe: LayerProbe,
  input: Float32Array,
  variables: Values,
  gradient: Float32Array,
): Values {
  const tf = loadTensorflow()
  const roles = probe.geometry.variables.filter(({ trained }) => trained).map(({ name }) => name.slice('layer/'.length))
  return tf.tidy(() => {
    const tensors = [tf.tensor(input, [...probe.inputShape]), ...roles.map((role) => tf.tensor(variables[role]))]
    const derived = tf.grads((x: Tensor, ...rest: Tensor[]) => eager(tf, x, (role) => rest[roles.indexOf(role)]))(
      tensors,
      tf.tensor(gradient, [...probe.outputShape]),
    )
    return Object.fromEntries(
      ['input', ...roles].map((name, index) => [name, Float32Array.from(derived[index].dataSync())]),
    )
  })
}

/** Central differences of `sum(output * gradient)` by every value of `name`; sums in double precision. */
function differenceQuotients(
  probe: LayerProbe,
  input: Float32Array,
  variables: Values,
  gradient: Float32Array,
  name: string,
): Float64Array {
  const all: Values = { ...variables, input }
  const step = 1e-2
  const lossAt = (index: number, by: number): number => {
    const moved = { ...all, [name]: all[name].with(index, all[name][index] + by) }
    return probe.forward(moved.input, moved).output.reduce((sum, value, at) => sum + value * gradient[at], 0)
  }
  return Float64Array.from(all[name], (_, index) => (lossAt(index, step) - lossAt(index, -step)) / (2 * step))
}

describe.each(layerCases)('$title', (of) => {
  const probe = openLayer(of.layer, of.input, of.batch)
  afterAll(() => probe.dispose())
  const count = sizeOf(probe.inputShape)
  // Where a function has corners, neighbours are further apart than the difference quotient steps.
  const corners = of.layer.kind === 'max-pool' || of.layer.kind === 'global-max-pool' || of.layer.kind === 'activation'
  const { seed = 7 } = of
  const input = corners ? distinctNumbers(count, seed).map((value) => value * 4) : randomNumbers(count, seed)
  const variables = someVariables(probe.geometry, randomNumbers)
  const gradient = randomNumbers(sizeOf(probe.outputShape), 8)

  it('has the output that tfjs computes', () => {
    const tf = loadTensorflow()
    const expected = tf.tidy(() =>
      of.eager(tf, tf.tensor(input, [...probe.inputShape]), (role) => tf.tensor(variables[role])),
    )
    expect(expected.shape).toEqual(probe.outputShape)
    expect(differences(probe.forward(input, variables).output, expected.dataSync(), 1e-5)).toEqual([])
    expected.dispose()
  })

  it('has the gradients that tfjs derives', () => {
    const expected = eagerGradients(of, probe, input, variables, gradient)
    const actual = probe.gradients(input, variables, gradient)
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort())
    for (const [name, values] of Object.entries(expected))
      expect(differences(actual[name], values, 1e-4), name).toEqual([])
  })

  it('has the gradients of finite differences', () => {
    const actual = probe.gradients(input, variables, gradient)
    for (const [name, values] of Object.entries(actual)) {
      expect(differences(values, differenceQuotients(probe, input, variables, gradient, name), 5e-3), name).toEqual([])
    }
  })
})
