import type { Tensor } from '@tensorflow/tfjs-node'
import { describe, expect, it } from 'vitest'
import type { Head } from '../../../../core/network/model.ts'
import { type AnyValue, GraphBuilder } from '../../../../core/graph/graphBuilder.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { headNodes, mixedCorrectOf } from '../../../../main/engine/graph/head.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { differences } from './numbers.ts'

const weights = [1, 0.75, 0.5, 0]

/** Runs a head in training on four mixed images. */
function runHead(
  head: Head,
  classes: number,
  given: { logits: readonly number[]; labels: readonly number[]; others: readonly number[] },
) {
  const tf = loadTensorflow()
  const graph = new GraphBuilder()
  const logits = graph.placeholder('logits', 'float32', [-1, classes])
  const labels = graph.placeholder('labels', 'int32', [-1])
  const others = graph.placeholder('mixed_labels', 'int32', [-1])
  const shares = graph.placeholder('mixed_weights', 'float32', [-1])
  const mixed = { labels: others, weights: shares }
  const nodes = headNodes(graph.within('head'), head, {
    logits,
    labels,
    mixed,
    classes,
    mode: 'training',
  })
  const outputs = new Map<string, AnyValue>([
    ['losses', graph.fetch('losses', nodes.losses)],
    ['gradients', graph.fetch('gradients', nodes.gradients)],
    ['correct', graph.fetch('fetched_correct', mixedCorrectOf(graph, nodes.answers, labels, mixed))],
  ])
  const inputs = new Map<string, AnyValue>([
    ['logits', logits],
    ['labels', labels],
    ['mixed_labels', others],
    ['mixed_weights', shares],
  ])
  const session = new GraphSession({ nodes: graph.nodes, signatures: { head: { inputs, outputs } } })
  try {
    const feeds = new Map<string, Tensor>([
      ['logits', tf.tensor([...given.logits], [4, classes], 'float32')],
      ['labels', tf.tensor([...given.labels], [4], 'int32')],
      ['mixed_labels', tf.tensor([...given.others], [4], 'int32')],
      ['mixed_weights', tf.tensor(weights, [4], 'float32')],
    ])
    const [losses, gradients, [correct]] = session.run('head', feeds, (tensors) =>
      tensors.map((tensor) => Array.from(tensor.dataSync())),
    )
    return { losses, gradients, correct }
  } finally {
    session.dispose()
  }
}

describe('a softmax head on mixed images', () => {
  const classes = 3
  const given = {
    logits: [0.5, -1, 2, 1.5, 0.25, -0.5, -2, 1, 0.75, 0, 3, 1],
    labels: [2, 0, 0, 1],
    others: [0, 1, 2, 1],
  }

  it.each([0, 0.1])(
    'wants the mixture of the distributions of both labels, with label smoothing %f',
    (labelSmoothing) => {
      const run = runHead({ kind: 'softmax', labelSmoothing }, classes, given)
      const losses: number[] = []
      const gradients: number[] = []
      for (const image of [0, 1, 2, 3]) {
        const row = given.logits.slice(image * classes, (image + 1) * classes)
        const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0)
        const at = (label: number, index: number): number =>
          (index === label ? 1 - labelSmoothing : 0) + labelSmoothing / classes
        const wanted = row.map(
          (_, index) =>
            weights[image] * at(given.labels[image], index) + (1 - weights[image]) * at(given.others[image], index),
        )
        losses.push(row.reduce((sum, logit, index) => sum - wanted[index] * (logit - Math.log(total)), 0))
        gradients.push(...row.map((logit, index) => Math.exp(logit) / total - wanted[index]))
      }
      expect(differences(run.losses, losses, 1e-6)).toEqual([])
      expect(differences(run.gradients, gradients, 1e-6)).toEqual([])
    },
  )

  it('counts a right answer with the share of its label, twice where both labels are one', () => {
    // Answers 2, 0, 1, 1: right by the own label, by the own label, by neither, by both.
    expect(runHead({ kind: 'softmax', labelSmoothing: 0 }, classes, given).correct).toBe(1 + 0.75 + 0 + 1)
  })
})

describe.each(['hinge', 'squared'] as const)('a tanh head with %s loss on mixed images', (loss) => {
  it('wants what lies between -1 and 1 by the shares', () => {
    const given = { logits: [0.5, -1, 0.25, 1.5], labels: [1, 0, 1, 0], others: [0, 1, 0, 0] }
    const run = runHead({ kind: 'tanh', loss }, 1, given)
    const wanted = weights.map(
      (weight, index) => weight * (2 * given.labels[index] - 1) + (1 - weight) * (2 * given.others[index] - 1),
    )
    const lossOf = (z: number, y: number): number =>
      loss === 'hinge' ? Math.max(0, 1 - y * Math.tanh(z)) : (Math.tanh(z) - y) ** 2
    const step = 1e-5
    expect(
      differences(
        run.losses,
        given.logits.map((z, index) => lossOf(z, wanted[index])),
        1e-6,
      ),
    ).toEqual([])
    expect(
      differences(
        run.gradients,
        given.logits.map(
          (z, index) => (lossOf(z + step, wanted[index]) - lossOf(z - step, wanted[index])) / (2 * step),
        ),
        1e-6,
      ),
    ).toEqual([])
  })
})
