import type { Tensor } from '@tensorflow/tfjs-node'
import { afterAll, describe, expect, it } from 'vitest'
import { type AnyValue, GraphBuilder } from '../../../../core/graph/graphBuilder.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { correctOf, probabilitiesOf } from '../../../../main/engine/graph/head.ts'
import { tanhHead } from '../../../../main/engine/graph/tanhHead.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { differences } from './numbers.ts'

/** Opens the head alone, for a batch of any size. */
function openHead(loss: 'hinge' | 'squared') {
  const tf = loadTensorflow()
  const graph = new GraphBuilder()
  const logits = graph.placeholder('logits', 'float32', [-1, 1])
  const labels = graph.placeholder('labels', 'int32', [-1])
  const head = tanhHead(graph, { logits, labels, mixed: null, loss })
  const outputs = new Map<string, AnyValue>([
    ['losses', graph.fetch('fetched_losses', head.losses)],
    ['gradients', graph.fetch('fetched_gradients', head.gradients)],
    ['correct', graph.fetch('fetched_correct', correctOf(graph, head.answers, labels))],
    [
      'probabilities',
      graph.fetch('fetched_probabilities', probabilitiesOf(graph.within('serve'), { kind: 'tanh', loss }, logits)),
    ],
  ])
  const session = new GraphSession({
    nodes: graph.nodes,
    signatures: {
      head: {
        inputs: new Map<string, AnyValue>([
          ['logits', logits],
          ['labels', labels],
        ]),
        outputs,
      },
    },
  })
  return {
    run(values: readonly number[], ofLabels: readonly number[]) {
      const feeds = new Map<string, Tensor>([
        ['logits', tf.tensor2d([...values], [values.length, 1], 'float32')],
        ['labels', tf.tensor1d([...ofLabels], 'int32')],
      ])
      const [losses, gradients, [correct], probabilities] = session.run('head', feeds, (tensors) =>
        tensors.map((tensor) => Array.from(tensor.dataSync())),
      )
      return { losses, gradients, correct, probabilities }
    },
    dispose: () => session.dispose(),
  }
}

const logits = [-2, -0.5, 0.25, 1.5, 0.7, -1.1]
const labels = [0, 1, 1, 1, 0, 0]
const wanted = labels.map((label) => (label === 1 ? 1 : -1))
const formulas = {
  hinge: (t: number, y: number) => Math.max(0, 1 - y * t),
  squared: (t: number, y: number) => (t - y) ** 2,
} as const

describe.each(['hinge', 'squared'] as const)('a head of one tanh neuron with %s loss', (loss) => {
  const head = openHead(loss)
  afterAll(() => head.dispose())
  const lossOf = (z: number, index: number): number => formulas[loss](Math.tanh(z), wanted[index])

  it('measures the distance of the neuron from 1 for the class and from -1 for its absence', () => {
    expect(differences(head.run(logits, labels).losses, logits.map(lossOf), 1e-6)).toEqual([])
  })

  it('has the gradient of that by the number before tanh', () => {
    const step = 1e-5
    const expected = logits.map((z, index) => (lossOf(z + step, index) - lossOf(z - step, index)) / (2 * step))
    expect(differences(head.run(logits, labels).gradients, expected, 1e-6)).toEqual([])
  })

  it('answers the class where the neuron is above 0, and not at 0', () => {
    expect(head.run(logits, labels).correct).toBe(4)
    expect(head.run([0, 0], [0, 1]).correct).toBe(1)
  })

  it('shares one probability between the two classes', () => {
    const expected = logits.flatMap((z) => [(1 - Math.tanh(z)) / 2, (1 + Math.tanh(z)) / 2])
    expect(differences(head.run(logits, labels).probabilities, expected, 1e-6)).toEqual([])
  })
})
