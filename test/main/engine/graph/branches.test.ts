import type { Tensor } from '@tensorflow/tfjs-node'
import { afterAll, describe, expect, it } from 'vitest'
import { measure, variablesOf } from '../../../../core/network/geometry.ts'
import { GraphBuilder, type Value } from '../../../../core/graph/graphBuilder.ts'
import type { Model } from '../../../../core/network/model.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { networkNodes, variableReader } from '../../../../main/engine/graph/network.ts'
import { variableHandles, writeSignature } from '../../../../main/engine/graph/variableSignatures.ts'
import { processor } from '../../../../main/engine/process/processor.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { eagerLogits } from './eagerNetwork.ts'
import { differences, randomNumbers } from './numbers.ts'

const conv = {
  kind: 'conv',
  kernel: { height: 3, width: 3 },
  stride: 1,
  padding: 'same',
  bias: true,
  initializer: 'he-normal',
} as const

/**
 * The image, a convolution and their like meet several times: a sum of three, a concatenation, one map used four times.
 */
const model: Model = {
  input: { height: 5, width: 4, channels: 3 },
  layers: [
    { ...conv, name: 'stem', filters: 3 },
    { kind: 'activation', name: 'bend', function: { kind: 'tanh' } },
    { ...conv, name: 'branch', filters: 3 },
    { kind: 'add', name: 'sum', from: ['branch', 'bend', 'input'] },
    { ...conv, name: 'side', filters: 2, from: 'bend' },
    { kind: 'concat', name: 'joined', from: ['sum', 'side', 'bend', 'bend'] },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'concat', name: 'twice', from: ['flatten', 'flatten'] },
    { kind: 'dense', name: 'classes', units: 4, bias: false, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}
const batch = 2

describe('a network with branches', () => {
  const tf = loadTensorflow()
  const variables = variablesOf(model)
  const graph = new GraphBuilder()
  const handles = variableHandles(graph, variables)
  const input = graph.placeholder('image', 'float32', [batch, 5, 4, 3])
  const gradient = graph.placeholder('gradient', 'float32', [batch, 4])
  const network = networkNodes(graph, {
    measured: measure(model),
    input,
    mode: 'training',
    processor,
    read: variableReader(handles),
    seeds: new Map(),
  })
  const gradients = network.gradients(gradient)
  const fetched = (name: string, output: Value): [string, Value] => [name, graph.fetch(`fetch/${name}`, output)]
  const signatures = {
    run: {
      inputs: new Map([
        ['image', input],
        ['gradient', gradient],
      ]),
      outputs: new Map([
        fetched('logits', network.logits),
        ...[...gradients].map(([name, output]) => fetched(name, output)),
      ]),
    },
    write: writeSignature(graph, variables, handles),
  }
  const session = new GraphSession({ nodes: graph.nodes, signatures })
  afterAll(() => session.dispose())

  const weights = new Map(variables.map(({ name, shape }, index) => [name, randomNumbers(sizeOf(shape), index)]))
  const images = randomNumbers(batch * 60, 50)
  const ofLogits = randomNumbers(batch * 4, 51)
  const tensors = (): Map<string, Tensor> =>
    new Map(variables.map(({ name, shape }) => [name, tf.tensor(weights.get(name) ?? [], [...shape])]))
  session.run('write', tensors(), () => undefined)
  const [logits, ...actual] = session.run(
    'run',
    new Map<string, Tensor>([
      ['image', tf.tensor(images, [batch, 5, 4, 3])],
      ['gradient', tf.tensor(ofLogits, [batch, 4])],
    ]),
    (outputs) => outputs.map((output) => Float32Array.from(output.dataSync())),
  )

  it('computes what the same operations of tfjs compute', () => {
    const expected = tf.tidy(() => eagerLogits(model, tensors(), tf.tensor(images, [batch, 5, 4, 3])).dataSync())
    expect(differences(logits, expected, 1e-5)).toEqual([])
  })

  it('has a gradient for each trained variable, and sums it over all ways to the loss', () => {
    expect([...gradients.keys()].sort()).toEqual(variables.map(({ name }) => name).sort())
    const names = variables.map(({ name }) => name)
    const derived = tf.tidy(() => {
      const gradientsOf = tf.grads((...given: Tensor[]) =>
        eagerLogits(
          model,
          new Map(names.map((name, index) => [name, given[index]])),
          tf.tensor(images, [batch, 5, 4, 3]),
        ),
      )
      return gradientsOf([...tensors().values()], tf.tensor(ofLogits, [batch, 4])).map((tensor) => tensor.dataSync())
    })
    for (const [index, name] of [...gradients.keys()].entries())
      expect(differences(actual[index], derived[names.indexOf(name)], 1e-4), name).toEqual([])
  })
})
