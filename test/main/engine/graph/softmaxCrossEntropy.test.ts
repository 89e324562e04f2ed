import { afterAll, describe, expect, it } from 'vitest'
import { type AnyValue, GraphBuilder } from '../../../../core/graph/graphBuilder.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { correctOf } from '../../../../main/engine/graph/head.ts'
import { softmaxCrossEntropy } from '../../../../main/engine/graph/softmaxCrossEntropy.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { differences, randomNumbers } from './numbers.ts'

const classes = 4

/** Opens the head alone, for a batch of any size. */
function openHead(labelSmoothing: number) {
  const tf = loadTensorflow()
  const graph = new GraphBuilder()
  const logits = graph.placeholder('logits', 'float32', [-1, classes])
  const labels = graph.placeholder('labels', 'int32', [-1])
  const head = softmaxCrossEntropy(graph, {
    logits,
    labels,
    mixed: null,
    classes,
    labelSmoothing,
  })
  const outputs = new Map<string, AnyValue>([
    ['losses', graph.fetch('losses', head.losses)],
    ['gradients', graph.fetch('gradients', head.gradients)],
    ['correct', graph.fetch('fetched_correct', correctOf(graph, head.answers, labels))],
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
      const feeds = new Map([
        ['logits', tf.tensor(values.map(Math.fround), [ofLabels.length, classes], 'float32')],
        ['labels', tf.tensor([...ofLabels], [ofLabels.length], 'int32')],
      ])
      const [losses, gradients, [correct]] = session.run('head', feeds, (tensors) =>
        tensors.map((tensor) => Array.from(tensor.dataSync())),
      )
      return { losses, gradients, correct }
    },
    dispose: () => session.dispose(),
  }
}

/** Softmax in double precision. */
function softmax(row: readonly number[]): number[] {
  const largest = Math.max(...row)
  const powers = row.map((value) => Math.exp(value - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

describe('softmax cross-entropy', () => {
  const head = openHead(0)
  afterAll(() => head.dispose())
  const logits = [...randomNumbers(3 * classes, 4)].map((value) => value * 5)
  const labels = [2, 0, 3]
  const rows = labels.map((_, index) => softmax(logits.slice(index * classes, (index + 1) * classes)))

  it('is minus the logarithm of the probability of the label, for each image', () => {
    const expected = rows.map((row, index) => -Math.log(row[labels[index]]))
    expect(differences(head.run(logits, labels).losses, expected, 1e-6)).toEqual([])
  })

  it('has the probabilities minus the one-hot label as its gradient', () => {
    const expected = rows.flatMap((row, index) =>
      row.map((probability, of) => probability - (of === labels[index] ? 1 : 0)),
    )
    expect(differences(head.run(logits, labels).gradients, expected, 1e-6)).toEqual([])
  })

  it('is finite and exact for logits that a plain exponential could not hold', () => {
    expect(head.run([1000, 0, 0, 0], [1])).toEqual({ losses: [1000], gradients: [1, -1, 0, 0], correct: 0 })
  })

  it('counts the images whose largest logit is their label, and the first of several largest', () => {
    expect(head.run([0, 9, 1, 1, 5, 1, 2, 3, 7, 7, 7, 7], [1, 3, 0]).correct).toBe(2)
    expect(head.run([7, 7, 7, 7], [1]).correct).toBe(0)
  })

  it('refuses a label that is no class', () => {
    expect(() => head.run([0, 0, 0, 0], [classes])).toThrow(/label value/)
    expect(() => head.run([0, 0, 0, 0], [-1])).toThrow(/label value/)
  })
})

describe('softmax cross-entropy with label smoothing', () => {
  const smoothing = 0.1
  const head = openHead(smoothing)
  afterAll(() => head.dispose())
  const logits = [...randomNumbers(3 * classes, 4)].map((value) => value * 5)
  const labels = [2, 0, 3]
  const rows = labels.map((_, index) => softmax(logits.slice(index * classes, (index + 1) * classes)))
  const wanted = labels.map((label) =>
    Array.from({ length: classes }, (_, of) => smoothing / classes + (of === label ? 1 - smoothing : 0)),
  )

  it('is the cross-entropy with the smoothed distribution, as PyTorch defines it', () => {
    const expected = rows.map(
      (row, index) => -row.reduce((sum, probability, of) => sum + wanted[index][of] * Math.log(probability), 0),
    )
    expect(differences(head.run(logits, labels).losses, expected, 1e-6)).toEqual([])
  })

  it('has the probabilities minus that distribution as its gradient', () => {
    const expected = rows.flatMap((row, index) => row.map((probability, of) => probability - wanted[index][of]))
    expect(differences(head.run(logits, labels).gradients, expected, 1e-6)).toEqual([])
  })

  it('counts the same answers as without', () => {
    expect(head.run([0, 9, 1, 1, 5, 1, 2, 3, 7, 7, 7, 7], [1, 3, 0]).correct).toBe(2)
  })
})
