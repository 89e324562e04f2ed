import { describe, expect, it } from 'vitest'
import { checkTrained, classesOf, measure, parametersOf } from '../../../core/network/geometry.ts'
import type { Layer } from '../../../core/layers/registry.ts'
import { Model } from '../../../core/network/model.ts'
import { quickNetwork, seedNetwork } from '../../../core/run/presets.ts'
import { LabError } from '../../../core/words/problems.ts'

const conv = {
  kind: 'conv',
  filters: 4,
  kernel: { height: 3, width: 5 },
  stride: 2,
  padding: 'valid',
  bias: false,
  initializer: 'he-normal',
} as const
const dense = { kind: 'dense', bias: true, initializer: 'glorot-uniform' } as const
const flatten = { kind: 'flatten', name: 'flatten' } as const
const classes = { ...dense, name: 'classes', units: 7 } as const
const pool = { kind: 'average-pool', size: 2, stride: 2, padding: 'same', scaling: null } as const

function network(layers: Layer[], head: Model['head'] = { kind: 'softmax', labelSmoothing: 0 }): Model {
  return { input: { height: 9, width: 11, channels: 3 }, layers, head }
}

function sentence(model: Model): string {
  try {
    measure(model)
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.problem.code === 'model-invalid') return thrown.message
    throw thrown
  }
  return 'fits'
}

describe('the presets', () => {
  it('have the parameters that they are known for', () => {
    expect(parametersOf(seedNetwork({ height: 24, width: 24, channels: 3 }, 10))).toBe(731_722)
    // 3x3 kernels 3-32-64-128-128 without bias, scale and shift of each norm, 128 x 10 + 10.
    expect(parametersOf(quickNetwork({ height: 24, width: 24, channels: 3 }, 10))).toBe(
      864 + 18_432 + 73_728 + 147_456 + 2 * (32 + 64 + 128 + 128) + 1290,
    )
  })

  it('are models that the schema takes', () => {
    for (const preset of [seedNetwork, quickNetwork])
      expect(Model.safeParse(preset({ height: 24, width: 24, channels: 1 }, 10)).error).toBeUndefined()
  })
})

describe('shapes', () => {
  const measured = measure(
    network([
      { ...conv, name: 'wide' },
      {
        kind: 'depthwise-conv',
        name: 'deep',
        multiplier: 3,
        kernel: { height: 2, width: 1 },
        stride: 1,
        padding: 'valid',
        bias: true,
        initializer: 'normal',
      },
      { ...pool, name: 'pooled', scaling: { function: { kind: 'tanh' } } },
      { kind: 'concat', name: 'doubled', from: ['pooled', 'pooled'] },
      { kind: 'global-max-pool', name: 'top', scaling: null },
      { kind: 'dropout', name: 'drop', rate: 0.5 },
      { kind: 'scale', name: 'smaller', factor: 0.25 },
      classes,
    ]),
  )

  it('follow kernel, stride, padding and merging', () => {
    expect(measured.map(({ output }) => output)).toEqual([
      [4, 4, 4],
      [3, 4, 12],
      [2, 2, 12],
      [2, 2, 24],
      [24],
      [24],
      [24],
      [7],
    ])
  })

  it('give each layer the variables that a checkpoint has', () => {
    expect(
      measured.flatMap(({ variables }) => variables.map(({ name, shape }) => `${name} ${shape.join('x')}`)),
    ).toEqual([
      'wide/kernel 3x5x3x4',
      'deep/kernel 2x1x4x3',
      'deep/bias 12',
      'pooled/scale 12',
      'pooled/shift 12',
      'classes/kernel 24x7',
      'classes/bias 7',
    ])
  })

  it('count two classes for one tanh neuron', () => {
    expect(classesOf(network([flatten, { ...classes, units: 1 }], { kind: 'tanh', loss: 'hinge' }))).toBe(2)
  })
})

describe('a network that does not fit is refused with its layer, what comes in, and a repair', () => {
  const cases: [string, Model, string][] = [
    [
      'whitening filters of a map that is no image',
      network([
        { ...conv, name: 'c' },
        { ...conv, name: 'd', kernel: { height: 1, width: 1 }, initializer: 'whitening' },
        flatten,
        classes,
      ]),
      'layer d begins with whitening filters, which are made from the training images, but takes its input from “c”: put it first, or let it begin with “he-normal”',
    ],
    [
      'more whitening filters than a patch has values',
      network([
        { ...conv, name: 'c', kernel: { height: 2, width: 2 }, filters: 26, initializer: 'whitening' },
        flatten,
        classes,
      ]),
      'layer c has 26 whitening filters, which come in pairs, at most two for each of the 12 values of a patch: give it an even number up to 24',
    ],
    [
      'an odd number of whitening filters',
      network([{ ...conv, name: 'c', filters: 5, initializer: 'whitening' }, flatten, classes]),
      'layer c has 5 whitening filters, which come in pairs, at most two for each of the 45 values of a patch: give it an even number up to 90',
    ],
    [
      'whitening filters larger than the image',
      network([
        { ...conv, name: 'c', kernel: { height: 12, width: 3 }, padding: 'same', initializer: 'whitening' },
        flatten,
        classes,
      ]),
      'layer c has whitening filters of 12 x 3, larger than the image of 9 x 11 from whose patches they are made: make them smaller',
    ],
    [
      'a window larger than its map',
      network([{ ...conv, name: 'c', kernel: { height: 12, width: 3 } }, flatten, classes]),
      'layer c has a window of 12 x 3, larger than the 9 x 11 map of 9 x 11 x 3 that comes in: make it smaller',
    ],
    [
      'a convolution of a vector',
      network([flatten, { ...conv, name: 'c' }, classes]),
      'layer c needs a map of height, width and channels, but a flat vector of 297 comes in',
    ],
    [
      'a dense layer of a map',
      network([classes]),
      'layer classes needs a flat vector, but a map of 9 x 11 x 3 comes in: put a flatten layer before it',
    ],
    [
      'a name that is nowhere',
      network([{ ...flatten, from: 'ghost' }, classes]),
      'layer flatten takes its input from “ghost”, which is not before it: name one of input',
    ],
    [
      'a name that comes later',
      network([{ ...flatten, from: 'classes' }, classes]),
      'layer flatten takes its input from “classes”, which is not before it',
    ],
    [
      'its own name',
      network([{ ...flatten, from: 'flatten' }, classes]),
      'layer flatten takes its input from “flatten”',
    ],
    [
      'a sum of unlike shapes',
      network([{ ...pool, name: 'p' }, { kind: 'add', name: 'sum', from: ['p', 'input'] }, flatten, classes]),
      'layer sum adds layers of one shape, but 5 x 6 x 3, 9 x 11 x 3 come in: give them',
    ],
    [
      'a concatenation of unlike sizes',
      network([{ ...pool, name: 'p' }, { kind: 'concat', name: 'all', from: ['p', 'input'] }, flatten, classes]),
      'layer all joins maps of one height and width, or vectors, but 5 x 6 x 3, 9 x 11 x 3 come in: bring them',
    ],
    [
      'a concatenation of a map and a vector',
      network([flatten, { kind: 'concat', name: 'all', from: ['flatten', 'input'] }, classes]),
      'layer all joins maps of one height and width, or vectors, but 297, ',
    ],
    [
      'a layer that leads nowhere',
      network([{ ...pool, name: 'p' }, { ...flatten, from: 'input' }, classes]),
      'layer p leads nowhere: name it as the input of a later layer, or remove it',
    ],
    [
      'a softmax over a map',
      network([{ ...conv, name: 'c' }]),
      'layer c is the last one and must give one logit a class, but it gives a map of 4 x 4 x 4: end with a dense layer',
    ],
    [
      'a tanh head behind several numbers',
      network([flatten, classes], { kind: 'tanh', loss: 'squared' }),
      'layer classes is the last one, before a head of one tanh neuron, and must give one number, but it gives 7',
    ],
  ]
  it.each(cases)('%s', (_, model, expected) => {
    expect(sentence(model)).toContain(expected)
  })

  it('one without anything to train, with its last layer', () => {
    const measured = measure(network([flatten, { kind: 'scale', name: 's', factor: 2 }]))
    expect(() => checkTrained(measured)).toThrow(
      'layer s ends a network that has nothing to train: add a dense layer or a convolution before it',
    )
    expect(() => checkTrained(measure(network([flatten, classes])))).not.toThrow()
  })

  it('a layer with the name of the image, or two of one name', () => {
    expect(Model.safeParse(network([{ ...flatten, name: 'input' }, classes])).success).toBe(false)
    expect(Model.safeParse(network([flatten, { ...classes, name: 'flatten' }])).success).toBe(false)
  })
})
