import type { Tensor, Tensor4D } from '@tensorflow/tfjs-node'
import { describe, expect, it } from 'vitest'
import { measure, variablesOf } from '../../../../core/network/geometry.ts'
import { GraphBuilder } from '../../../../core/graph/graphBuilder.ts'
import type { Layer } from '../../../../core/layers/registry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { quickNetwork } from '../../../../core/run/presets.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { inferenceLayers, pooledNorms } from '../../../../main/engine/graph/inferenceLayers.ts'
import { networkNodes, variableReader } from '../../../../main/engine/graph/network.ts'
import { variableHandles, writeSignature } from '../../../../main/engine/graph/variableSignatures.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { processor } from '../../../../main/engine/process/processor.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { eagerLogits } from './eagerNetwork.ts'
import { adamOptimizer, differences, firstTensors, randomNumbers, someImages, someLabels } from './numbers.ts'

const classes = 3
const conv = (name: string, filters: number, bias = false): Layer => ({
  kind: 'conv',
  name,
  filters,
  kernel: { height: 3, width: 3 },
  stride: 1,
  padding: 'same',
  bias,
  initializer: 'he-normal',
})
const deep = (name: string, multiplier: number, bias = false): Layer => ({
  kind: 'depthwise-conv',
  name,
  multiplier,
  kernel: { height: 3, width: 3 },
  stride: 1,
  padding: 'same',
  bias,
  initializer: 'he-normal',
})
const norm = (name: string): Layer => ({ kind: 'batch-norm', name, epsilon: 1e-3, momentum: 0.9 })
const relu = (name: string): Layer => ({ kind: 'activation', name, function: { kind: 'relu' } })
const tanh = (name: string): Layer => ({ kind: 'activation', name, function: { kind: 'tanh' } })
const pool = (name: string): Layer => ({ kind: 'max-pool', name, size: 2, stride: 2, padding: 'valid', scaling: null })
const average: Layer = { kind: 'average-pool', name: 'average', size: 3, stride: 2, padding: 'same', scaling: null }
const end: readonly Layer[] = [
  { kind: 'flatten', name: 'flatten' },
  { kind: 'dense', name: 'classes', units: classes, bias: true, initializer: 'glorot-uniform' },
]

const image = { height: 8, width: 6, channels: 3 } as const

function network(layers: readonly Layer[], input: Model['input'] = image): Model {
  return {
    input,
    layers: [...layers, ...(layers.at(-1)?.kind.startsWith('global') === true ? end.slice(1) : end)],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }
}

/** Random values for all variables; scales between -1 and 1, or of 0.2 to 1.2 where none shall be negative. */
function randomTensors(model: Model, scales: 'positive' | 'of either sign'): Map<string, TensorValue> {
  return new Map(
    variablesOf(model).map(({ name, shape }, index) => {
      const fanIn = name.endsWith('/kernel') ? sizeOf(shape.slice(0, -1)) : 1
      const plain = randomNumbers(sizeOf(shape), index + 1)
      const positive = name.endsWith('/variance') || (name.endsWith('/scale') && scales === 'positive')
      return [name, { shape, data: plain.map((value) => (positive ? 0.7 + value / 2 : value * Math.sqrt(3 / fanIn))) }]
    }),
  )
}

function asTensors(values: ReadonlyMap<string, TensorValue>): Map<string, Tensor> {
  return new Map([...values].map(([name, { shape, data }]) => [name, loadTensorflow().tensor(data, [...shape])]))
}

function imageTensor({ input: { height, width, channels } }: Model, images: Float32Array): Tensor4D {
  return loadTensorflow().tensor4d(images, [images.length / (height * width * channels), height, width, channels])
}

/** Logits of the compiled network in inference. */
function compiledLogits(
  model: Model,
  values: ReadonlyMap<string, TensorValue>,
  images: Float32Array,
  rising: boolean,
): Float32Array {
  const graph = new GraphBuilder()
  const variables = variablesOf(model)
  const handles = variableHandles(graph, variables)
  const { height, width, channels } = model.input
  const input = graph.placeholder('images', 'float32', [-1, height, width, channels])
  const { logits } = networkNodes(graph, {
    measured: measure(model),
    input,
    mode: 'inference',
    rising,
    processor,
    read: variableReader(handles),
    seeds: new Map(),
  })
  const signatures = {
    run: {
      inputs: new Map([['images', input]]),
      outputs: new Map([['logits', graph.fetch('logits', logits)]]),
    },
    write: writeSignature(graph, variables, handles),
  }
  const session = new GraphSession({ nodes: graph.nodes, signatures })
  try {
    session.run('write', asTensors(values), () => undefined)
    return session.run('run', new Map([['images', imageTensor(model, images)]]), ([fetched]) =>
      Float32Array.from(fetched.dataSync()),
    )
  } finally {
    session.dispose()
  }
}

/** The same by tfjs's operations, layer by layer. */
function plainLogits(model: Model, values: ReadonlyMap<string, TensorValue>, images: Float32Array): Float32Array {
  return loadTensorflow().tidy(() =>
    Float32Array.from(eagerLogits(model, asTensors(values), imageTensor(model, images)).dataSync()),
  )
}

/** What comes into convolutions that go through transforms. */
const stem = conv('stem', 64, true)
const square = { height: 6, width: 6, channels: 3 } as const

const networks: readonly [string, Model][] = [
  ['a convolution, its normalisation and ReLU', network([conv('conv', 5), norm('norm'), relu('relu')])],
  [
    'one with a bias, pooled after the ReLU',
    network([conv('conv', 5, true), norm('norm'), relu('relu'), pool('pool')]),
  ],
  ['one that is pooled before it is normalised', network([conv('conv', 5), pool('pool'), norm('norm'), relu('relu')])],
  [
    'one with a bias that is pooled before, and no ReLU',
    network([conv('conv', 5, true), pool('pool'), norm('norm'), tanh('tanh')]),
  ],
  ['two normalisations behind each other', network([conv('conv', 5), norm('norm_1'), norm('norm_2'), relu('relu')])],
  ['a depthwise convolution', network([deep('deep', 1, true), norm('norm'), relu('relu')])],
  [
    'a depthwise convolution with two maps for each, pooled before',
    network([deep('deep', 2), pool('pool'), norm('norm'), relu('relu')]),
  ],
  [
    'a depthwise convolution of one map',
    network([deep('deep', 3), norm('norm'), relu('relu')], { ...image, channels: 1 }),
  ],
  [
    'a normalisation whose convolution others take too',
    network([conv('conv', 4), norm('norm'), { kind: 'add', name: 'sum', from: ['conv', 'norm'] }]),
  ],
  [
    'a pool that others take too',
    network([
      conv('conv', 4),
      pool('pool'),
      norm('norm'),
      relu('relu'),
      { kind: 'add', name: 'sum', from: ['relu', 'pool'] },
    ]),
  ],
  ['a normalisation of the image', network([norm('norm'), conv('conv', 4)])],
  [
    'convolutions through transforms, pooled between',
    network(
      [
        stem,
        conv('conv_1', 128, true),
        pool('pool_1'),
        norm('norm_1'),
        relu('relu_1'),
        conv('conv_2', 128),
        norm('norm_2'),
        relu('relu_2'),
      ],
      square,
    ),
  ],
  [
    'a sum and a concatenation behind transforms',
    network(
      [
        stem,
        conv('conv_1', 128),
        relu('relu_1'),
        conv('conv_2', 128),
        { kind: 'add', name: 'sum', from: ['conv_2', 'relu_1'] },
        { kind: 'concat', name: 'both', from: ['sum', 'stem', 'conv_1'] },
        average,
      ],
      square,
    ),
  ],
  [
    'transforms of what TensorFlow’s own convolution gives, and the other way round',
    network(
      [stem, deep('deep', 1), conv('conv', 128), pool('pool'), norm('norm'), deep('deep_2', 1), norm('norm_2')],
      square,
    ),
  ],
  [
    'the largest values of maps behind transforms',
    network([stem, conv('conv', 128), { kind: 'global-max-pool', name: 'largest', scaling: null }], square),
  ],
  [
    'the means of maps behind transforms',
    network([stem, conv('conv', 128), average, { kind: 'global-average-pool', name: 'means', scaling: null }], square),
  ],
  ['the Quick network', quickNetwork({ height: 24, width: 24, channels: 3 }, classes)],
]

describe.each(networks)('%s', (_what, model) => {
  const images = randomNumbers(5 * sizeOf([model.input.height, model.input.width, model.input.channels]), 77)

  it('gives in inference what its layers give one by one, whatever the signs of the scales', () => {
    const values = randomTensors(model, 'of either sign')
    expect(differences(compiledLogits(model, values, images, false), plainLogits(model, values, images), 1e-4)).toEqual(
      [],
    )
  })

  it('gives the same where normalisations may change places with pools', () => {
    const values = randomTensors(model, 'positive')
    expect(differences(compiledLogits(model, values, images, true), plainLogits(model, values, images), 1e-4)).toEqual(
      [],
    )
  })
})

describe('a session', () => {
  const model = network([conv('conv', 5), pool('pool'), norm('norm'), relu('relu')])
  const images = someImages(model, 6, 1)
  const labels = someLabels(6, classes, 2)

  /** The loss by tfjs's operations. */
  function plainLoss(values: ReadonlyMap<string, TensorValue>): number {
    const tf = loadTensorflow()
    return tf.tidy(
      () =>
        tf.losses
          .softmaxCrossEntropy(
            tf.oneHot(tf.tensor1d(labels, 'int32'), classes),
            eagerLogits(model, asTensors(values), imageTensor(model, images)),
          )
          .mul(labels.length)
          .dataSync()[0],
    )
  }

  it('measures rightly as the signs of the scales change, by writing and by training', () => {
    const session = openSession({ model, optimizer: adamOptimizer, batch: 6, seed: 1, mixup: false, flips: false })
    try {
      for (const scales of ['positive', 'of either sign', 'positive'] as const) {
        const values = new Map([...firstTensors(model, adamOptimizer, 1), ...randomTensors(model, scales)])
        session.writeVariables(values)
        expect(session.evaluateBatch(images, labels).lossSum).toBeCloseTo(plainLoss(values), 4)
      }
      // So long a step that scales turn negative.
      session.trainStep(images, labels, 1, { learningRate: 1.5, momentum: null }, null)
      const trained = session.readVariables()
      expect(trained.get('norm/scale')?.data.some((scale) => scale < 0)).toBe(true)
      expect(session.evaluateBatch(images, labels).lossSum / plainLoss(trained)).toBeCloseTo(1, 4)
    } finally {
      session.dispose()
    }
  })
})

describe('the layers of inference', () => {
  const namesOf = (model: Model, rising: boolean): string[] =>
    inferenceLayers(measure(model), rising, processor).measured.map(({ layer }) => layer.name)

  it('have no normalisation where a convolution holds it', () => {
    const model = network([conv('conv', 5), norm('norm'), relu('relu'), pool('pool')])
    expect(namesOf(model, false)).toEqual(['conv', 'relu', 'pool', 'flatten', 'classes'])
    expect(pooledNorms(measure(model), processor)).toEqual([])
  })

  it('have one behind a pool only where a scale may be negative', () => {
    const model = network([conv('conv', 5), pool('pool'), norm('norm'), relu('relu')])
    expect(pooledNorms(measure(model), processor)).toEqual(['norm'])
    expect(namesOf(model, false)).toEqual(['conv', 'pool', 'norm', 'relu', 'flatten', 'classes'])
    expect(namesOf(model, true)).toEqual(['conv', 'relu', 'pool', 'flatten', 'classes'])
  })
})
