import { describe, expect, it } from 'vitest'
import { gradientsBy } from '../../../../core/graph/gradients.ts'
import { GraphBuilder, type Value } from '../../../../core/graph/graphBuilder.ts'
import {
  add,
  addN,
  div,
  erf,
  exp,
  l2Loss,
  mean,
  mul,
  neg,
  sqrt,
  square,
  sub,
  sum,
} from '../../../../core/graph/operations/arithmetic.ts'
import {
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
} from '../../../../core/graph/operations/classification.ts'
import { batchMatMul, biasAdd, matMul } from '../../../../core/graph/operations/matrices.ts'
import { concat, reshape, reverse, transpose } from '../../../../core/graph/operations/layout.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { differences, randomNumbers } from './numbers.ts'

type Shapes = readonly (readonly number[])[]

/** An operation with the shapes of what it takes. */
interface OperationCase {
  readonly title: string
  readonly shapes: Shapes
  readonly build: (graph: GraphBuilder, ...inputs: Value[]) => Value
  /** Where the operation is defined for numbers above 0 alone. */
  readonly positive?: boolean
}

type Binary = (graph: GraphBuilder, name: string, left: Value, right: Value) => Value
type Unary = (graph: GraphBuilder, name: string, input: Value) => Value

function unary(title: string, operation: Unary, positive = false): OperationCase {
  return { title, shapes: [[2, 3]], build: (graph, x) => operation(graph, 'tested', x), positive }
}

/** Pairs of shapes of which one is repeated along the other. */
const pairs: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 2, 3], [3]],
  [[3], [2, 3]],
  [[2, 3], []],
  [
    [2, 1, 3],
    [2, 3, 1],
  ],
  [
    [1, 1, 3],
    [2, 1],
  ],
]

function binary(title: string, operation: Binary): OperationCase[] {
  return pairs.map((shapes) => ({
    title: `${title} of [${shapes[0].join()}] and [${shapes[1].join()}]`,
    shapes,
    build: (graph, x, y) => operation(graph, 'tested', x, y),
    // So that nothing is divided by almost 0.
    positive: true,
  }))
}

const sides = [false, true]

function product(title: string, operation: typeof matMul, rows: readonly number[]): OperationCase[] {
  return sides.flatMap((left) =>
    sides.map((right) => ({
      title: `${title}${left ? ', the left one transposed' : ''}${right ? ', the right one transposed' : ''}`,
      shapes: [
        [...rows, ...(left ? [3, 2] : [2, 3])],
        [...rows, ...(right ? [4, 3] : [3, 4])],
      ],
      build: (graph: GraphBuilder, x: Value, y: Value) => operation(graph, 'tested', x, y, { left, right }),
    })),
  )
}

const cases: readonly OperationCase[] = [
  unary('the negative', neg),
  unary('the square', square),
  unary('the root', sqrt, true),
  unary('the power of e', exp),
  unary('the error function', erf),
  unary('half of the sum of squares', l2Loss),
  ...binary('a sum', add),
  ...binary('a difference', sub),
  ...binary('a product', mul),
  ...binary('a quotient', div),
  {
    title: 'a sum of three, one of them twice',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    build: (graph, x, y) => addN(graph, 'tested', [x, y, x]),
  },
  { title: 'a sum over rows and depth', shapes: [[2, 3, 4]], build: (graph, x) => sum(graph, 'tested', x, [0, 2]) },
  { title: 'a mean over columns', shapes: [[2, 3, 4]], build: (graph, x) => mean(graph, 'tested', x, [1]) },
  ...product('a product of matrices', matMul, []),
  ...product('products of matrices', batchMatMul, [2]),
  {
    title: 'a bias',
    shapes: [[2, 2, 1, 3], [3]],
    build: (graph, x, bias) => biasAdd(graph, 'tested', x, bias),
  },
  { title: 'another shape', shapes: [[2, 6]], build: (graph, x) => reshape(graph, 'tested', x, [3, -1]) },
  { title: 'another order', shapes: [[2, 3, 4]], build: (graph, x) => transpose(graph, 'tested', x, [2, 0, 1]) },
  {
    title: 'tensors behind each other, one of them twice',
    shapes: [
      [2, 1, 3],
      [2, 2, 3],
    ],
    build: (graph, x, y) => concat(graph, 'tested', [x, y, x], 1),
  },
  { title: 'the reverse', shapes: [[2, 3, 2]], build: (graph, x) => reverse(graph, 'tested', x, 1) },
  {
    title: 'cross-entropy with labels',
    shapes: [[3, 4]],
    build: (graph, x) =>
      sparseSoftmaxCrossEntropyWithLogits(graph, 'tested', x, graph.extents('labels', [2, 0, 3])).losses,
  },
  {
    title: 'cross-entropy with a distribution',
    shapes: [[2, 3]],
    build: (graph, x) => {
      const values = [0.2, 0.5, 0.3, 0, 0.25, 0.75]
      const wanted = graph.constant('wanted', { type: 'float32', shape: [2, 3], values })
      return softmaxCrossEntropyWithLogits(graph, 'tested', x, wanted).losses
    },
  },
  { title: 'what is fetched', shapes: [[2]], build: (graph, x) => graph.fetch('tested', x) },
  { title: 'what is passed on', shapes: [[2]], build: (graph, x) => neg(graph, 'tested', graph.passOn('passed', x)) },
]

/** Opens an operation alone: its output, and the gradients of `sum(output * weights)` by all that it takes. */
function openOperation({ shapes, build }: OperationCase) {
  const tf = loadTensorflow()
  const graph = new GraphBuilder()
  const inputs = shapes.map((shape, index) => graph.placeholder(`input_${index}`, 'float32', shape))
  const output = build(graph, ...inputs)
  const weights = randomNumbers(sizeOf(output.shape), 5)
  const gradient = graph.constant('weights', { type: 'float32', shape: output.shape, values: weights })
  const gradients = gradientsBy(graph, output, gradient, inputs)
  const named = new Map(inputs.map((value) => [value.node, value]))
  const fetched = [...gradients.values()].map((value, index): [string, Value] => [
    `${index}`,
    graph.fetch(`gradient_${index}`, value),
  ])
  const signatures = {
    forward: { inputs: named, outputs: new Map([['output', output]]) },
    gradients: { inputs: named, outputs: new Map(fetched) },
  }
  const session = new GraphSession({ nodes: graph.nodes, signatures })
  const run = (name: 'forward' | 'gradients', values: readonly Float32Array[]) =>
    session.run(
      name,
      new Map(inputs.map(({ node, shape }, index) => [node, tf.tensor(values[index], [...shape], 'float32')])),
      (tensors) => tensors.map((tensor) => ({ shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) })),
    )
  return { output, weights, gradients: [...gradients.values()], run, dispose: () => session.dispose() }
}

describe.each(cases)('$title', (of) => {
  const opened = openOperation(of)
  const values = of.shapes.map((shape, index) =>
    randomNumbers(sizeOf(shape), 20 + index).map((value) => (of.positive === true ? 1.5 + value : value)),
  )

  it('has the shapes that it says, and gradients as finite differences have them', () => {
    const [output] = opened.run('forward', values)
    expect(output.shape).toEqual(opened.output.shape)
    const derived = opened.run('gradients', values)
    expect(derived.map(({ shape }) => shape)).toEqual(of.shapes)
    expect(opened.gradients.map(({ shape }) => shape)).toEqual(of.shapes)

    const step = 1e-2
    const lossAt = (input: number, index: number, by: number): number => {
      const moved = values.with(input, values[input].with(index, values[input][index] + by))
      return opened.run('forward', moved)[0].data.reduce((total, value, at) => total + value * opened.weights[at], 0)
    }
    derived.forEach(({ data }, input) => {
      const expected = Array.from(
        values[input],
        (_, index) => (lossAt(input, index, step) - lossAt(input, index, -step)) / (2 * step),
      )
      expect(differences(data, expected, 5e-3)).toEqual([])
    })
    opened.dispose()
  })
})
