import type { Tensor } from '@tensorflow/tfjs-node'
import { afterEach, describe, expect, it } from 'vitest'
import type { Layer } from '../../../../core/layers/registry.ts'
import { withFrozen } from '../../../../core/network/frozen.ts'
import { measure } from '../../../../core/network/geometry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import type { Optimizer } from '../../../../core/run/optimizer.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { eagerLogits } from '../graph/eagerNetwork.ts'
import { bitsOf, differences, firstTensors, randomNumbers, someImages, someLabels } from '../graph/numbers.ts'

const batch = 6
const classes = 3
const steps = 20
const rate = 0.02

function conv(name: string, filters: number): Layer {
  const kernel = { height: 3, width: 3 }
  return { kind: 'conv', name, filters, kernel, stride: 1, padding: 'same', bias: true, initializer: 'glorot-uniform' }
}

const frozen = ['conv_1', 'norm_1', 'norm_2']

/** Frozen layers at the beginning, and one in the middle through which gradients go. */
const model: Model = {
  input: { height: 6, width: 6, channels: 3 },
  layers: withFrozen(
    [
      conv('conv_1', 4),
      { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 },
      { kind: 'activation', name: 'tanh_1', function: { kind: 'tanh' } },
      conv('conv_2', 5),
      { kind: 'batch-norm', name: 'norm_2', epsilon: 1e-3, momentum: 0.9 },
      { kind: 'activation', name: 'tanh_2', function: { kind: 'tanh' } },
      { kind: 'max-pool', name: 'pool_1', size: 2, stride: 2, padding: 'valid', scaling: null },
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'classes', units: classes, bias: true, initializer: 'glorot-uniform' },
    ],
    ({ name }) => frozen.includes(name),
  ),
  head: { kind: 'softmax', labelSmoothing: 0 },
}

const trained = ['conv_2/kernel', 'conv_2/bias', 'classes/kernel', 'classes/bias']

/** A first state whose norms have statistics of their own. */
function begun(optimizer: Optimizer): Map<string, TensorValue> {
  const tensors = firstTensors(model, optimizer, 3)
  for (const [index, { layer, variables }] of measure(model).entries()) {
    if (layer.kind !== 'batch-norm') continue
    for (const [role, { name, shape }] of variables.entries())
      tensors.set(name, { shape, data: randomNumbers(sizeOf(shape), index * 10 + role).map((value) => 1 + value / 2) })
  }
  return tensors
}

/** What each value of a trained variable keeps beside it, and becomes: the definitions of `sgd.ts` and `adam.ts`. */
type Rule = (value: number, gradient: number, kept: number[], step: number, decays: boolean) => number

const rules: Record<string, { readonly optimizer: Optimizer; readonly rule: Rule }> = {
  'SGD with momentum and weight decay': {
    optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0.01, clipNorm: null },
    rule(value, gradient, kept, _step, decays) {
      kept[0] = 0.9 * (kept[0] ?? 0) + gradient + (decays ? 0.01 * value : 0)
      return value - rate * kept[0]
    },
  },
  'AdamW, which decays weights too': {
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-4, weightDecay: 0.1, clipNorm: null },
    rule(value, gradient, kept, step, decays) {
      kept[0] = 0.9 * (kept[0] ?? 0) + 0.1 * gradient
      kept[1] = 0.999 * (kept[1] ?? 0) + 0.001 * gradient ** 2
      const decayed = decays ? value * (1 - rate * 0.1) : value
      return decayed - (rate * (kept[0] / (1 - 0.9 ** step))) / (Math.sqrt(kept[1] / (1 - 0.999 ** step)) + 1e-4)
    },
  },
}

/** The trained variables after all steps, by tfjs's own operations with the gradients that it derives. */
function expected(rule: Rule, first: ReadonlyMap<string, TensorValue>): Map<string, number[]> {
  const tf = loadTensorflow()
  const fixed = new Map([...first].filter(([name]) => !name.includes('/', name.indexOf('/') + 1)))
  const values = new Map(trained.map((name) => [name, [...(fixed.get(name)?.data ?? [])]]))
  const kept = new Map(trained.map((name) => [name, (values.get(name) ?? []).map((): number[] => [])]))
  const shapeOf = (name: string): number[] => [...(fixed.get(name)?.shape ?? [])]
  for (let step = 1; step <= steps; step += 1) {
    const gradients = tf.tidy(() => {
      const images = tf.tensor4d(someImages(model, batch, step), [batch, 6, 6, 3])
      const labels = tf.oneHot(tf.tensor1d(someLabels(batch, classes, step), 'int32'), classes)
      const constant = new Map<string, Tensor>(
        [...fixed].map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]),
      )
      const loss = (...now: Tensor[]): Tensor => {
        const weights = new Map([...constant, ...now.map((value, index) => [trained[index], value] as const)])
        return tf.losses.softmaxCrossEntropy(labels, eagerLogits(model, weights, images))
      }
      const now = trained.map((name) => tf.tensor(values.get(name) ?? [], shapeOf(name)))
      return tf
        .grads(loss)(now)
        .map((gradient) => [...gradient.dataSync()])
    })
    for (const [index, name] of trained.entries()) {
      const decays = shapeOf(name).length > 1
      const state = kept.get(name) ?? []
      values.set(
        name,
        (values.get(name) ?? []).map((value, at) => rule(value, gradients[index][at], state[at], step, decays)),
      )
    }
  }
  return values
}

const opened: { dispose(): void }[] = []
afterEach(() => {
  for (const session of opened.splice(0)) session.dispose()
})

describe('a network with frozen layers', () => {
  it.each(Object.keys(rules))('keeps their bits, and trains the others as a reference does, with %s', (name) => {
    const { optimizer, rule } = rules[name]
    const session = openSession({ model, optimizer, batch, seed: 1, mixup: false, flips: false })
    opened.push(session)
    const first = begun(optimizer)
    session.writeVariables(first)
    for (let step = 1; step <= steps; step += 1)
      session.trainStep(
        someImages(model, batch, step),
        someLabels(batch, classes, step),
        step,
        { learningRate: rate, momentum: null },
        null,
      )
    const after = session.readVariables()
    const [before, bits] = [bitsOf(first), bitsOf(after)]
    const changed = [...after.keys()].filter((one) => bits[one] !== before[one])
    const slots = [...after.keys()].filter((one) => one.startsWith(`${optimizer.kind}/`))
    // Nothing of a frozen layer is kept for the optimizer, and its running statistics stand still.
    expect(changed.toSorted()).toEqual([...trained, ...slots].toSorted())
    expect(slots.every((slot) => trained.some((one) => slot.startsWith(`${optimizer.kind}/${one}/`)))).toBe(true)
    for (const [one, values] of expected(rule, first))
      expect(differences(after.get(one)?.data ?? [], values, 2e-5), one).toEqual([])
  })

  it('has health for the layers that are trained alone', () => {
    const { optimizer } = rules['SGD with momentum and weight decay']
    const session = openSession({ model, optimizer, batch, seed: 1, mixup: false, flips: false, healthImages: batch })
    opened.push(session)
    session.writeVariables(begun(optimizer))
    session.keepWeights()
    const health = session.measureHealth(someImages(model, batch, 1), someLabels(batch, classes, 1), false)
    expect(health.map(({ layer }) => layer)).toEqual(['conv_2', 'classes'])
    for (const { gradientNorm } of health) expect(gradientNorm).toBeGreaterThan(0)
  })
})
