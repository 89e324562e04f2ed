import { describe, expect, test } from 'vitest'
import { afterStep, atRest } from '../../../core/lessons/descent.ts'
import { channelOf, drawnPicture } from '../../../core/lessons/drawnPicture.ts'
import { changedNetwork, changeOf } from '../../../core/lessons/changedNetwork.ts'
import { gradientsOfBatches, imageDeviation, meanGradient } from '../../../core/lessons/gradientNoise.ts'
import { gradientThrough } from '../../../core/lessons/gradientChain.ts'
import { lessonKernels } from '../../../core/lessons/kernels.ts'
import { lossAt, slopeAt } from '../../../core/lessons/landscape.ts'
import { lessonConv, lessonPool } from '../../../core/lessons/layers.ts'
import { equalRuns } from '../../../core/lessons/luck.ts'
import { netOf } from '../../../core/lessons/neuron.ts'
import { OneLayer } from '../../../core/lessons/oneLayer.ts'
import { crossEntropy, tempered } from '../../../core/lessons/softmax.ts'
import { tanhLoss } from '../../../core/lessons/tanhLoss.ts'
import { deviationsThrough } from '../../../core/lessons/valuesThrough.ts'
import { viewOfImage, viewsOfCrop } from '../../../core/lessons/views.ts'
import { wayDown } from '../../../core/lessons/wayDown.ts'
import { activationSlope } from '../../../core/layers/parts/activationSlope.ts'
import { activationValue } from '../../../core/layers/parts/activationValue.ts'
import type { ActivationFunction } from '../../../core/layers/parts/activationFunction.ts'
import { seedNetwork } from '../../../core/network/networks.ts'

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

describe('an image', () => {
  test('drawn by the program is the same left and right, and black at its edge', () => {
    const { pixels, width, height } = drawnPicture()
    const at = (y: number, x: number): number => pixels[y * width + x]
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) expect(at(y, x)).toBe(at(y, width - 1 - x))
    expect([at(0, 0), at(0, 13), at(27, 27)]).toEqual([0, 0, 0])
    expect(Math.max(...pixels)).toBe(255)
  })

  test('is taken by its middle and one channel, from 0 to 1', () => {
    const pixels = Uint8Array.from({ length: 4 * 4 * 3 }, (_, index) => index)
    const { shape, values } = channelOf({ height: 4, width: 4, channels: 3, pixels }, 1, 2)
    expect(shape).toEqual([2, 2, 1])
    expect([...values]).toEqual([16, 19, 28, 31].map((pixel) => pixel / 255))
  })
})

test('a neuron adds its products and its bias', () => {
  expect(netOf({ inputs: [1, 0.5, 2], weights: [0.2, -0.4, 0.1], bias: 0.3 })).toBeCloseTo(0.5, 12)
})

describe('a map', () => {
  const image = { shape: [3, 4, 1], values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] } as const

  test('of the kernel that changes nothing is the image without its edge, or all of it with padding', () => {
    const kernel = lessonKernels.same
    const mapOf = (padding: 'valid' | 'same'): number[] => [
      ...new OneLayer(lessonConv({ size: 3, stride: 1, padding }), image, { kernel, bias: [0] }).values(),
    ]
    expect(mapOf('valid')).toEqual([6, 7])
    expect(mapOf('same')).toEqual(image.values)
  })

  test('of upright edges counts how much brighter the right is', () => {
    const layer = new OneLayer(lessonConv({ size: 3, stride: 1, padding: 'valid' }), image, {
      kernel: lessonKernels['edges-across'],
      bias: [0.5],
    })
    // 1 * 2 + 2 * 2 + 1 * 2, and the bias.
    expect([...layer.values()]).toEqual([8.5, 8.5])
  })

  test.each([
    ['largest', [6, 8]],
    ['mean', [3.5, 5.5]],
  ] as const)('subsampled keeps the %s of each window', (takes, kept) => {
    const layer = lessonPool(takes, { size: 2, stride: 2, padding: 'valid' }, { kind: 'linear' })
    expect([...new OneLayer(layer, image, { scale: [1], shift: [0] }).values()]).toEqual(kept)
  })
})

describe('an activation function', () => {
  const functions: readonly ActivationFunction[] = [
    ...(['linear', 'relu', 'elu', 'gelu', 'sigmoid', 'tanh'] as const).map((kind) => ({ kind })),
    { kind: 'leaky-relu', slope: 0.2 },
  ]

  test.each(functions)('$kind has the slope of its curve', (activation) => {
    const reach = 1e-5
    for (const x of [-3.2, -1, -0.3, 0.4, 1.7, 4])
      expect(activationSlope(activation, x)).toBeCloseTo(
        (activationValue(activation, x + reach) - activationValue(activation, x - reach)) / (2 * reach),
        8,
      )
  })

  test('lets a gradient vanish, live on, explode or end', () => {
    expect(gradientThrough({ kind: 'sigmoid' }, 0, 1, 3)).toEqual([1, 0.25, 0.0625, 0.015625])
    expect(gradientThrough({ kind: 'relu' }, 1, 1, 20).at(-1)).toBe(1)
    expect(gradientThrough({ kind: 'relu' }, 1, 2, 10).at(-1)).toBe(1024)
    expect(gradientThrough({ kind: 'relu' }, -1, 1, 1).at(-1)).toBe(0)
  })
})

test('a network has most parameters in its first dense layer, more for larger images and more neurons', () => {
  const model = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
  const now = changeOf(model)
  expect(now).toEqual({ side: 24, units: 256 })
  const parametersOf = (change: typeof now, name: string): number =>
    changedNetwork(model, change)?.find(({ layer }) => layer.name === name)?.parameters ?? 0
  expect(parametersOf(now, 'fc_1')).toBe((6 * 6 * 64 + 1) * 256)
  expect(parametersOf({ side: 32, units: 100 }, 'fc_1')).toBe((8 * 8 * 64 + 1) * 100)
  expect(parametersOf({ side: 32, units: 100 }, 'conv_1')).toBe(parametersOf(now, 'conv_1'))
  expect(changedNetwork(model, { side: 2, units: 10 })).toBeNull()
})

describe('softmax', () => {
  test('does not see what is added to all logits, and evens out with temperature', () => {
    const logits = [2, 1, 0, -1]
    const plain = tempered(logits, 1)
    tempered(
      logits.map((logit) => logit + 5),
      1,
    ).forEach((probability, index) => expect(probability).toBeCloseTo(plain[index], 12))
    expect(tempered(logits, 5)[0]).toBeLessThan(plain[0])
    expect(tempered(logits, 0.1)[0]).toBeGreaterThan(0.9999)
  })

  test('of ten classes begins with a loss of ln 10', () => {
    expect(crossEntropy(tempered(Array<number>(10).fill(0), 1)[3])).toBeCloseTo(Math.LN10, 12)
  })
})

describe('the landscape', () => {
  test('has the slope of its loss', () => {
    const [x, y] = [1.3, -0.4]
    const [dx, dy] = slopeAt([x, y])
    expect((lossAt([x + 1e-6, y]) - lossAt([x - 1e-6, y])) / 2e-6).toBeCloseTo(dx, 6)
    expect((lossAt([x, y + 1e-6]) - lossAt([x, y - 1e-6])) / 2e-6).toBeCloseTo(dy, 6)
  })

  test('is left with a rate of 0.7, swung through with 0.3, and hardly moved in with 0.0001, as the lesson says', () => {
    const plain = { kind: 'momentum', momentum: 0 } as const
    const lossAfter = (rate: number): number => lossAt(wayDown(plain, rate, 40).at(-1) ?? [])
    const begin = lossAt(wayDown(plain, 0.1, 0)[0])
    expect(lossAfter(0.7)).toBeGreaterThan(begin)
    expect(lossAfter(0.1)).toBeLessThan(0.1 * begin)
    expect(lossAfter(0.0001)).toBeGreaterThan(0.9 * begin)
    const across = wayDown(plain, 0.3, 4).map(([, y]) => Math.sign(y))
    expect(across).toEqual([1, -1, 1, -1, 1])
  })

  test('is walked faster along the valley with momentum', () => {
    const lossOf = (momentum: number): number => lossAt(wayDown({ kind: 'momentum', momentum }, 0.02, 40).at(-1) ?? [])
    expect(lossOf(0.8)).toBeLessThan(lossOf(0))
  })

  test('is walked by Adam in first steps of the size of the rate, whatever the gradient', () => {
    const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
    const { weights } = afterStep(adam, 0.01, atRest([1, 1]), [500, -0.002])
    expect(weights[0]).toBeCloseTo(0.99, 6)
    expect(weights[1]).toBeCloseTo(1.01, 6)
  })
})

test('the noise of the gradient falls with the root of the batch', () => {
  const noise = (batch: number): number => deviationOf(gradientsOfBatches(5, batch, 400).map(([x]) => x))
  expect(noise(1)).toBeCloseTo(imageDeviation, 0)
  expect(noise(1) / noise(16)).toBeGreaterThan(3.4)
  expect(noise(1) / noise(16)).toBeLessThan(4.7)
  const all = gradientsOfBatches(5, 64, 200)
  expect(all.reduce((sum, [x]) => sum + x, 0) / all.length).toBeCloseTo(meanGradient[0], 1)
})

describe('initial weights', () => {
  const last = (
    initial: Parameters<typeof deviationsThrough>[0]['initial'],
    kind: 'linear' | 'relu' | 'tanh',
  ): number => deviationsThrough({ initial, activation: { kind }, units: 200, layers: 10 }, 3).at(-1) ?? 0

  test('of Glorot keep the size of values, of He behind ReLU too, and others let them grow or fade', () => {
    expect(last('glorot-uniform', 'linear')).toBeGreaterThan(0.4)
    expect(last('glorot-uniform', 'linear')).toBeLessThan(2.5)
    expect(last('he-normal', 'relu')).toBeGreaterThan(0.2)
    expect(last('glorot-normal', 'relu')).toBeLessThan(0.1)
    expect(last('uniform-half', 'linear')).toBeGreaterThan(1000)
    expect(last('normal', 'tanh')).toBeLessThan(0.5)
  })

  test('that are all 0 let nothing through', () => {
    expect(last('zero', 'tanh')).toBe(0)
  })
})

test('the best of many equal runs is luckier than one', () => {
  const runs = equalRuns(11, 0.7, 500, 40)
  const mean = runs.reduce((sum, accuracy) => sum + accuracy, 0) / runs.length
  expect(mean).toBeCloseTo(0.7, 1)
  expect(Math.max(...runs)).toBeGreaterThan(0.72)
  expect(equalRuns(11, 0.7, 500, 40)).toEqual(runs)
})

test('views of an image are crops of it, some of them mirrored', () => {
  const side = 5
  const picture = {
    height: side,
    width: side,
    channels: 1,
    pixels: Uint8Array.from({ length: 25 }, (_, i) => i),
  } as const
  const seen = new Set<string>()
  for (let view = 0; view < 400; view += 1)
    seen.add(viewOfImage(picture, { side, cut: 4, flip: true }, 1, view).pixels.join(' '))
  expect(seen.size).toBe(viewsOfCrop({ side, cut: 4, flip: true }))
  expect(seen).toContain('0 1 2 3 5 6 7 8 10 11 12 13 15 16 17 18')
  expect(seen).toContain('3 2 1 0 8 7 6 5 13 12 11 10 18 17 16 15')
})

test('the losses of one neuron are 0 where it is right and sure', () => {
  expect([tanhLoss('hinge', 1, 1), tanhLoss('squared', 1, 1)]).toEqual([0, 0])
  expect([tanhLoss('hinge', -0.5, 1), tanhLoss('squared', -0.5, 1)]).toEqual([1.5, 2.25])
})
