import { describe, expect, it } from 'vitest'
import { gradientsBy } from '../../../core/graph/gradients.ts'
import { GraphBuilder, type Value } from '../../../core/graph/graphBuilder.ts'
import { relu, tanh } from '../../../core/graph/operations/activations.ts'
import { add, minimum, mul, neg } from '../../../core/graph/operations/arithmetic.ts'
import { fusedBatchNorm } from '../../../core/graph/operations/normalization.ts'
import { conv2d } from '../../../core/graph/operations/spatial.ts'

/** Names of the operations that were added since there were so many nodes. */
function operationsFrom(graph: GraphBuilder, count: number): string[] {
  return graph.nodes.slice(count).map(({ operation }) => operation)
}

/** A graph with some inputs of one shape. */
function graphWith(names: readonly string[], shape: readonly number[]): readonly [GraphBuilder, ...Value[]] {
  const graph = new GraphBuilder()
  return [graph, ...names.map((name) => graph.placeholder(name, 'float32', shape))]
}

describe('gradients', () => {
  it('are computed by what is wanted alone: a convolution of the image has none by the image', () => {
    const [graph, image] = graphWith(['image'], [2, 5, 5, 3])
    const kernel = graph.placeholder('kernel', 'float32', [3, 3, 3, 4])
    const output = conv2d(graph, 'conv', image, kernel, { stride: 1, padding: 'same' })
    const before = graph.nodes.length
    const gradients = gradientsBy(graph, output, output, [kernel])
    expect(operationsFrom(graph, before)).toEqual(['Const', 'Conv2DBackpropFilter'])
    expect(gradients.get(kernel)?.shape).toEqual([3, 3, 3, 4])
  })

  it('do not go through what no wanted value leads to', () => {
    const [graph, image, weight, gradient] = graphWith(['image', 'weight', 'gradient'], [4])
    const output = mul(graph, 'product', tanh(graph, 'bent', image), weight)
    const before = graph.nodes.length
    gradientsBy(graph, output, gradient, [weight])
    expect(operationsFrom(graph, before)).toEqual(['Mul'])
  })

  it('of a value that is used several times are one sum, those of later operations first', () => {
    const [graph, x, gradient] = graphWith(['x', 'gradient'], [4])
    const first = relu(graph, 'first', x)
    const second = tanh(graph, 'second', x)
    const output = add(graph, 'output', first, second)
    gradientsBy(graph, output, gradient, [x])
    const sums = graph.nodes.filter(({ operation }) => operation === 'AddN')
    expect(sums.map(({ inputs }) => inputs.map(({ node }) => node))).toEqual([
      ['second/gradient/input', 'first/gradient/input'],
    ])
  })

  it('leave out a value that the output does not depend on', () => {
    const [graph, x, other, gradient] = graphWith(['x', 'other', 'gradient'], [4])
    const gradients = gradientsBy(graph, neg(graph, 'output', x), gradient, [x, other])
    expect([...gradients.keys()]).toEqual([x])
  })

  it('of several operations are the one that was written for them, if one was', () => {
    const [graph, x, gradient] = graphWith(['x', 'gradient'], [4])
    const output = graph.compose(
      'bent_twice',
      [x],
      () => tanh(graph, 'second', tanh(graph, 'first', x)),
      (within, ofOutput) => [neg(within, 'input', ofOutput)],
    )
    expect(gradientsBy(graph, output, gradient, [x]).get(x)?.node).toBe('bent_twice/gradient/input')
  })

  it('are refused where an operation has none, or none by that output', () => {
    const [graph, x, y, gradient] = graphWith(['x', 'y', 'gradient'], [4])
    const smaller = minimum(graph, 'smaller', x, y)
    expect(() => gradientsBy(graph, smaller, gradient, [x])).toThrow('smaller has no gradient')

    const [other, map] = graphWith(['map'], [2, 3, 3, 4])
    const scale = other.placeholder('scale', 'float32', [4])
    const shift = other.placeholder('shift', 'float32', [4])
    const { mean } = fusedBatchNorm(other, 'norm', map, { scale, shift, running: null }, 1e-3)
    expect(() => gradientsBy(other, mean, scale, [map])).toThrow('only the first output of norm has a gradient')
  })
})

describe('shapes', () => {
  it('that do not fit are refused when the operation is added', () => {
    const graph = new GraphBuilder()
    const left = graph.placeholder('left', 'float32', [2, 3])
    const right = graph.placeholder('right', 'float32', [4])
    expect(() => add(graph, 'sum', left, right)).toThrow('sum: [2,3] does not fit [4]')
  })
})
