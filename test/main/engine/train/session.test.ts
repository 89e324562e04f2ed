import { afterEach, describe, expect, it } from 'vitest'
import { variablesOf } from '../../../../core/network/geometry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { LabError } from '../../../../core/words/problems.ts'
import { seedNetwork } from '../../../../core/run/presets.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'
import { type NetworkSession, openSession, type SessionOptions } from '../../../../main/engine/train/session.ts'
import { loadTensorflow, tensorflowBackend } from '../../../../main/engine/process/tensorflow.ts'
import { adamOptimizer, bitsOf, firstTensors, someImages, someLabels } from '../graph/numbers.ts'

const classes = 5
const batch = 8
const pace = { learningRate: 1e-3, momentum: null }

/** A small network of the layers that the presets are made of. */
const small: Model = {
  input: { height: 9, width: 7, channels: 3 },
  layers: [
    {
      kind: 'conv',
      name: 'conv_1',
      filters: 6,
      kernel: { height: 3, width: 3 },
      stride: 2,
      padding: 'same',
      bias: true,
      initializer: 'glorot-uniform',
    },
    { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 },
    { kind: 'activation', name: 'relu_1', function: { kind: 'relu' } },
    { kind: 'max-pool', name: 'pool_1', size: 2, stride: 2, padding: 'valid', scaling: null },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'classes', units: classes, bias: true, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

const opened: NetworkSession[] = []
afterEach(() => {
  for (const session of opened.splice(0)) session.dispose()
})

function open(model = small, size = batch, how: Partial<SessionOptions> = {}): NetworkSession {
  const session = openSession({
    model,
    optimizer: adamOptimizer,
    batch: size,
    seed: 1,
    mixup: false,
    flips: false,
    ...how,
  })
  opened.push(session)
  return session
}

function started(model = small, size = batch): NetworkSession {
  const session = open(model, size)
  session.writeVariables(firstTensors(model, adamOptimizer, 1))
  return session
}

/** Steps `from`..`to`, each on images of its own; returns what each gave. */
function trainSteps(session: NetworkSession, from: number, to: number): { loss: number; correct: number }[] {
  const results = []
  for (let step = from; step <= to; step += 1)
    results.push(session.trainStep(someImages(small, batch, step), someLabels(batch, classes, step), step, pace, null))
  return results
}

describe('training', () => {
  it('brings the loss of the Lab network down on a few images, and gets them right with the running statistics', () => {
    const model = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
    const session = started(model, 10)
    const images = someImages(model, 10, 5)
    const labels = someLabels(10, 10, 6)
    const losses = Array.from(
      { length: 30 },
      (_, index) => session.trainStep(images, labels, index + 1, pace, null).loss,
    )
    // Before any training the classes are about equally likely: the loss is about ln 10.
    expect(Math.abs(losses[0] - Math.log(10))).toBeLessThan(1)
    expect(losses[29]).toBeLessThan(0.05)
    expect(session.evaluateBatch(images, labels).correct).toBe(10)
  })

  it('gives the same bits for the same inputs in another session', () => {
    const first = started()
    const second = started()
    expect(trainSteps(second, 1, 12)).toEqual(trainSteps(first, 1, 12))
    expect(bitsOf(second.readVariables())).toEqual(bitsOf(first.readVariables()))
  })

  it('goes on to the bit from variables that were read and written into a new session', () => {
    const unbroken = started()
    const before = started()
    trainSteps(before, 1, 7)
    const after = open()
    after.writeVariables(before.readVariables())
    expect(trainSteps(after, 8, 15)).toEqual(trainSteps(unbroken, 1, 15).slice(7))
    expect(bitsOf(after.readVariables())).toEqual(bitsOf(unbroken.readVariables()))
  })

  it('changes every variable and slot of the network', () => {
    const session = started()
    const before = bitsOf(session.readVariables())
    trainSteps(session, 1, 2)
    const after = bitsOf(session.readVariables())
    expect(Object.keys(after).filter((name) => after[name] === before[name])).toEqual([])
  })

  it('changes no variable when a step fails because a label is no class', () => {
    const session = started()
    trainSteps(session, 1, 3)
    const before = bitsOf(session.readVariables())
    const labels = someLabels(batch, classes, 4)
    labels[batch - 1] = classes
    expect(() => session.trainStep(someImages(small, batch, 4), labels, 4, pace, null)).toThrow(/label value/)
    expect(bitsOf(session.readVariables())).toEqual(before)
  })

  it('refuses a batch of another size', () => {
    const session = started()
    expect(() => session.trainStep(someImages(small, 3, 1), someLabels(3, classes, 1), 1, pace, null)).toThrow(
      'a step takes 8 images, not 3',
    )
    expect(() => session.trainStep(someImages(small, 3, 1), someLabels(batch, classes, 1), 1, pace, null)).toThrow(
      'do not fit',
    )
  })
})

describe('evaluation', () => {
  it('measures any number of images, together as one by one, and changes nothing', () => {
    const session = started()
    trainSteps(session, 1, 5)
    const before = bitsOf(session.readVariables())
    const images = someImages(small, 11, 9)
    const labels = someLabels(11, classes, 9)
    const size = images.length / 11
    let lossSum = 0
    let correct = 0
    for (let index = 0; index < 11; index += 1) {
      const one = session.evaluateBatch(images.slice(index * size, (index + 1) * size), labels.slice(index, index + 1))
      lossSum += one.lossSum
      correct += one.correct
    }
    const together = session.evaluateBatch(images, labels)
    expect(together.lossSum).toBeCloseTo(lossSum, 4)
    expect(together.correct).toBe(correct)
    expect(bitsOf(session.readVariables())).toEqual(before)
  })
})

describe('evaluation with mirror images', () => {
  const mirrored = (images: Float32Array): Float32Array => {
    const { height, width, channels } = small.input
    return images.map((_, place) => {
      const channel = place % channels
      const x = Math.floor(place / channels) % width
      const row = Math.floor(place / channels / width) % height
      const image = Math.floor(place / channels / width / height)
      return images[((image * height + row) * width + (width - 1 - x)) * channels + channel]
    })
  }

  /** Differences of the logits of one image from that of class 0, of which the losses of all labels tell. */
  const logitsOf = (session: NetworkSession, image: Float32Array): number[] => {
    const losses = Array.from(
      { length: classes },
      (_, label) => session.evaluateBatch(image, Int32Array.of(label)).lossSum,
    )
    return losses.map((loss) => losses[0] - loss)
  }

  it('takes the mean of the logits of an image and of its mirror image', () => {
    const plain = started()
    trainSteps(plain, 1, 5)
    const both = open(small, batch, { flips: true })
    both.writeVariables(plain.readVariables())
    const image = someImages(small, 1, 9)
    const [own, other] = [logitsOf(plain, image), logitsOf(plain, mirrored(image))]
    expect(Math.max(...own.map((logit, index) => Math.abs(logit - other[index])))).toBeGreaterThan(0.01)
    logitsOf(both, image).forEach((logit, index) => expect(logit).toBeCloseTo((own[index] + other[index]) / 2, 4))
  })

  it('measures any number of images, each with its own mirror image, and trains as without', () => {
    const session = open(small, batch, { flips: true })
    session.writeVariables(firstTensors(small, adamOptimizer, 1))
    expect(trainSteps(session, 1, 5)).toEqual(trainSteps(started(), 1, 5))
    const images = someImages(small, 5, 9)
    const labels = someLabels(5, classes, 9)
    const size = images.length / 5
    const alone = Array.from({ length: 5 }, (_, index) =>
      session.evaluateBatch(images.slice(index * size, (index + 1) * size), labels.slice(index, index + 1)),
    )
    const together = session.evaluateBatch(images, labels)
    expect(together.lossSum).toBeCloseTo(
      alone.reduce((sum, one) => sum + one.lossSum, 0),
      4,
    )
    expect(together.correct).toBe(alone.reduce((sum, one) => sum + one.correct, 0))
  })
})

describe('training on mixed images', () => {
  const images = someImages(small, batch, 1)
  const labels = someLabels(batch, classes, 1)
  const others = someLabels(batch, classes, 2)
  const weightsOf = (weight: number): Float32Array => new Float32Array(batch).fill(weight)

  const mixing = (): NetworkSession => {
    const session = open(small, batch, { mixup: true })
    session.writeVariables(firstTensors(small, adamOptimizer, 1))
    return session
  }

  it('with shares of 1 is training on the labels, with shares of 0 on the other ones, and between them in between', () => {
    const own = started().trainStep(images, labels, 1, pace, null)
    const other = started().trainStep(images, others, 1, pace, null)
    const at = (weight: number) =>
      mixing().trainStep(images, labels, 1, pace, { labels: others, weights: weightsOf(weight) })
    for (const [weight, loss, correct] of [
      [1, own.loss, own.correct],
      [0, other.loss, other.correct],
      [0.25, 0.25 * own.loss + 0.75 * other.loss, 0.25 * own.correct + 0.75 * other.correct],
    ]) {
      expect(at(weight).loss).toBeCloseTo(loss, 5)
      expect(at(weight).correct).toBeCloseTo(correct, 5)
    }
  })

  it('needs the other labels, which must be classes, exactly when the session was opened for it', () => {
    expect(() => mixing().trainStep(images, labels, 1, pace, null)).toThrow('takes mixed images')
    expect(() => started().trainStep(images, labels, 1, pace, { labels: others, weights: weightsOf(1) })).toThrow(
      'takes no mixed images',
    )
    expect(() =>
      mixing().trainStep(images, labels, 1, pace, { labels: others.map(() => classes), weights: weightsOf(1) }),
    ).toThrow(/label value/)
    expect(() =>
      mixing().trainStep(images, labels, 1, pace, { labels: others.slice(1), weights: weightsOf(1) }),
    ).toThrow('a step takes 8 images')
  })
})

describe('variables', () => {
  it('are those of the network and two slots of Adam for each trained one, under the names of a checkpoint', () => {
    const variables = variablesOf(small)
    const slots = variables
      .filter(({ trained }) => trained)
      .flatMap(({ name, shape }) => ['m', 'v'].map((slot) => [`adam/${name}/${slot}`, shape]))
    const read = started().readVariables()
    expect([...read].map(([name, { shape }]) => [name, shape])).toEqual([
      ...variables.map(({ name, shape }) => [name, shape]),
      ...slots,
    ])
    expect([...read.keys()]).toContain('adam/norm_1/shift/v')
    expect([...read.keys()]).not.toContain('adam/norm_1/mean/m')
  })

  it('are copied when they are read: what was read stays as it is while training goes on', () => {
    const session = started()
    const read = session.readVariables()
    const before = bitsOf(read)
    trainSteps(session, 1, 3)
    expect(bitsOf(read)).toEqual(before)
  })

  it('are copied into memory that an earlier reading gave, and nowhere else', () => {
    const session = started()
    const first = session.readVariables()
    trainSteps(session, 1, 3)
    const expected = bitsOf(session.readVariables())
    const second = session.readVariables(first)
    expect(bitsOf(second)).toEqual(expected)
    for (const [name, { data }] of second) expect(data.buffer).toBe(first.get(name)?.data.buffer)
    trainSteps(session, 4, 1)
    expect(bitsOf(second)).toEqual(expected)
  })

  it('are copied when they are written, also from memory that TensorFlow could use in place', () => {
    const session = open()
    const written = firstTensors(small, adamOptimizer, 1)
    const name = 'classes/kernel'
    const { shape, data } = written.get(name) ?? { shape: [], data: new Float32Array() }
    // TensorFlow uses memory in place when its address is a multiple of 64 bytes, as one in 16 of these is.
    const room = new ArrayBuffer((data.length + 16) * Float32Array.BYTES_PER_ELEMENT)
    for (let offset = 0; offset < 16; offset += 1) {
      const placed = new Float32Array(room, offset * Float32Array.BYTES_PER_ELEMENT, data.length)
      placed.set(data)
      session.writeVariables(new Map([...written, [name, { shape, data: placed }]]))
      placed.fill(7)
      expect([...(session.readVariables().get(name)?.data ?? [])]).toEqual([...data])
    }
  })

  it('keep every bit, -0, subnormal numbers and NaN included', () => {
    const session = open()
    const tensors = firstTensors(small, adamOptimizer, 1)
    const bias = tensors.get('classes/bias')
    bias?.data.set([-0, 1e-45, Number.NaN, Number.NEGATIVE_INFINITY, 3.4e38])
    session.writeVariables(tensors)
    expect(bitsOf(session.readVariables())).toEqual(bitsOf(tensors))
  })

  const wrong: [string, (tensors: Map<string, TensorValue>) => unknown, string][] = [
    ['a missing name', (tensors) => tensors.delete('adam/conv_1/bias/m'), 'the tensor adam/conv_1/bias/m is missing'],
    [
      'an unknown name',
      (tensors) => tensors.set('conv_9/kernel', { shape: [1], data: new Float32Array(1) }),
      'the network has no tensor conv_9/kernel',
    ],
    [
      'another shape',
      (tensors) => tensors.set('classes/bias', { shape: [1, classes], data: new Float32Array(classes) }),
      'the tensor classes/bias is [1, 5]',
    ],
    [
      'too few values',
      (tensors) => tensors.set('classes/bias', { shape: [classes], data: new Float32Array(classes - 1) }),
      'with 4 values',
    ],
  ]
  it.each(wrong)('refuse %s, and stay as they are', (_, spoil, sentence) => {
    const session = started()
    const before = bitsOf(session.readVariables())
    const tensors = firstTensors(small, adamOptimizer, 50)
    spoil(tensors)
    expect(() => session.writeVariables(tensors)).toThrow(sentence)
    expect(bitsOf(session.readVariables())).toEqual(before)
  })

  it('must be written before the first step', () => {
    expect(() => trainSteps(open(), 1, 1)).toThrow('Could not find variable')
  })
})

describe('memory', () => {
  const tensors = () => [loadTensorflow().memory().numTensors, tensorflowBackend().getNumOfTFTensors()]

  it('holds as many tensors after a call as before it, also one that fails', () => {
    const session = started()
    trainSteps(session, 1, 1)
    const before = tensors()
    trainSteps(session, 2, 6)
    session.evaluateBatch(someImages(small, 3, 1), someLabels(3, classes, 1))
    session.writeVariables(session.readVariables())
    expect(() => session.evaluateBatch(someImages(small, 1, 1), Int32Array.of(classes))).toThrow(/label value/)
    expect(tensors()).toEqual(before)
  })

  it('holds as many tensors after some hundreds of steps as after the first', () => {
    const session = started()
    trainSteps(session, 1, 1)
    const before = tensors()
    trainSteps(session, 2, 400)
    expect(tensors()).toEqual(before)
  })

  it('holds nothing of sessions that were opened, trained and disposed, however many', () => {
    const before = [...tensors(), loadTensorflow().node.getNumOfSavedModels()]
    for (let round = 0; round < 25; round += 1) {
      const session = started()
      trainSteps(session, 1, 2)
      session.readVariables()
      session.dispose()
    }
    expect([...tensors(), loadTensorflow().node.getNumOfSavedModels()]).toEqual(before)
  })

  it('is given back when a session is disposed, once, and nothing can be asked of it then', () => {
    const before = loadTensorflow().node.getNumOfSavedModels()
    const session = open()
    expect(loadTensorflow().node.getNumOfSavedModels()).toBe(before + 1)
    session.dispose()
    session.dispose()
    expect(loadTensorflow().node.getNumOfSavedModels()).toBe(before)
    expect(() => session.readVariables()).toThrow('disposed')
  })
})

describe('a network that does not work', () => {
  it('is refused before TensorFlow sees it', () => {
    const model: Model = { ...small, layers: small.layers.filter(({ kind }) => kind !== 'flatten') }
    expect(() => open(model)).toThrow(LabError)
    expect(() => open(model)).toThrow('layer classes needs a flat vector')
  })
})
