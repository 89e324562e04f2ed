import { describe, expect, it } from 'vitest'
import { variablesOf } from '../../../../core/network/geometry.ts'
import type { ConvInitializer, Initializer } from '../../../../core/layers/parts/initializer.ts'
import type { Model } from '../../../../core/network/model.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { seedNetwork } from '../../../../core/run/presets.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { initialVariables } from '../../../../main/engine/train/initialWeights.ts'
import { whiteningKernel, type ScaledImages } from '../../../../main/engine/train/whitening.ts'
import { adamOptimizer, randomNumbers } from '../graph/numbers.ts'

const model = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
const noImages = (): never => {
  throw new Error('nothing here whitens')
}
const variables = initialVariables(model, adamOptimizer, new RandomNumbers(1), noImages)

describe('a network before its first step', () => {
  it('has every variable of its layers, and two moments of each trained one', () => {
    const expected = variablesOf(model).flatMap(({ name, trained }) =>
      trained ? [name, `adam/${name}/m`, `adam/${name}/v`] : [name],
    )
    expect([...variables.keys()].toSorted()).toEqual(expected.toSorted())
    for (const { shape, data } of variables.values()) expect(data.length).toBe(sizeOf(shape))
  })

  it.each([
    ['conv_1/kernel', 25 * 3, 25 * 64],
    ['fc_1/kernel', 2304, 256],
    ['classes/kernel', 128, 10],
  ])('has Glorot-uniform weights in %s: inside the limit, with its mean and variance', (name, fanIn, fanOut) => {
    const data = variables.get(name)?.data ?? new Float32Array()
    const limit = Math.sqrt(6 / (fanIn + fanOut))
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length
    const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length
    const standardError = limit / Math.sqrt(3 * data.length)
    expect(data.every((value) => Math.abs(value) <= limit)).toBe(true)
    expect(Math.abs(mean)).toBeLessThan(4 * standardError)
    expect(variance / (limit ** 2 / 3)).toBeGreaterThan(0.9)
    expect(variance / (limit ** 2 / 3)).toBeLessThan(1.1)
  })

  it.each([
    ['conv_1/bias', 0],
    ['norm_1/scale', 1],
    ['norm_1/shift', 0],
    ['norm_1/mean', 0],
    ['norm_1/variance', 1],
    ['adam/fc_1/kernel/m', 0],
    ['adam/fc_1/kernel/v', 0],
  ])('has %s all %i', (name, value) => {
    expect(variables.get(name)?.data.every((each) => each === value)).toBe(true)
  })

  it('is the same for the same seed and another for another, layer by layer', () => {
    expect(initialVariables(model, adamOptimizer, new RandomNumbers(1), noImages)).toEqual(variables)
    expect(initialVariables(model, adamOptimizer, new RandomNumbers(2), noImages).get('fc_2/kernel')).not.toEqual(
      variables.get('fc_2/kernel'),
    )
    expect(variables.get('conv_1/kernel')?.data.subarray(0, 8)).not.toEqual(
      variables.get('conv_2/kernel')?.data.subarray(0, 8),
    )
  })
})

/** The kernel of a dense layer from 60 x 60 x 1 values to 25 units: 90,000 weights, fan in 3600. */
function denseKernel(initializer: Initializer): Float32Array {
  const dense: Model = {
    input: { height: 60, width: 60, channels: 1 },
    layers: [
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'classes', units: 25, bias: false, initializer },
    ],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }
  return (
    initialVariables(dense, adamOptimizer, new RandomNumbers(3), noImages).get('classes/kernel')?.data ??
    new Float32Array()
  )
}

/** The mean of a power of the values. */
function moment(values: Float32Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0) / values.length
}

describe('an initialiser', () => {
  const uniform: [Initializer, number][] = [
    ['glorot-uniform', Math.sqrt(6 / 3625)],
    ['he-uniform', Math.sqrt(6 / 3600)],
    ['uniform-half', 0.5],
  ]
  it.each(uniform)('%s gives uniform weights in its range', (initializer, limit) => {
    const weights = denseKernel(initializer)
    expect(weights.every((value) => Math.abs(value) <= limit)).toBe(true)
    expect(Math.abs(moment(weights, 1))).toBeLessThan((4 * limit) / Math.sqrt(3 * weights.length))
    expect(moment(weights, 2) / (limit ** 2 / 3)).toBeCloseTo(1, 1)
    expect(moment(weights, 4) / (limit ** 4 / 5)).toBeCloseTo(1, 1)
  })

  const normal: [Initializer, number][] = [
    ['glorot-normal', Math.sqrt(2 / 3625)],
    ['he-normal', Math.sqrt(2 / 3600)],
    ['normal', 0.05],
  ]
  it.each(normal)('%s gives normal weights with its deviation', (initializer, deviation) => {
    const weights = denseKernel(initializer)
    expect(Math.abs(moment(weights, 1))).toBeLessThan((4 * deviation) / Math.sqrt(weights.length))
    expect(moment(weights, 2) / deviation ** 2).toBeCloseTo(1, 1)
    // The fourth moment of a normal distribution is three times the square of its second; that of a uniform one 1.8
    // times.
    expect(moment(weights, 4) / deviation ** 4 / 3).toBeCloseTo(1, 1)
    const within = weights.filter((value) => Math.abs(value) < deviation).length / weights.length
    expect(within).toBeCloseTo(0.6827, 2)
  })

  it('draws the pairs of Box and Muller from the words of the generator', () => {
    const [first, second] = new RandomNumbers(3).words('weights', 0, 0, 0)
    const radius = 0.05 * Math.sqrt(-2 * Math.log((first + 0.5) / 2 ** 32))
    const angle = (2 * Math.PI * (second + 0.5)) / 2 ** 32
    expect([...denseKernel('normal').subarray(0, 2)]).toEqual([
      Math.fround(radius * Math.cos(angle)),
      Math.fround(radius * Math.sin(angle)),
    ])
  })
})

describe('the kernels of a convolution', () => {
  const kernelOf = (
    initializer: ConvInitializer,
    channels: number,
    filters: number,
    size: number,
    images = noImages as () => ScaledImages,
  ): Float32Array => {
    const conv = {
      kind: 'conv',
      kernel: { height: size, width: size },
      stride: 1,
      padding: 'same',
      bias: false,
    } as const
    const before: Model['layers'] =
      channels === 3 ? [] : [{ ...conv, name: 'before', filters: channels, initializer: 'he-normal' }]
    const model: Model = {
      input: { height: 8, width: 8, channels: 3 },
      layers: [
        ...before,
        { ...conv, name: 'conv', filters, initializer },
        { kind: 'global-max-pool', name: 'pool', scaling: null },
      ],
      head: { kind: 'softmax', labelSmoothing: 0 },
    }
    return (
      initialVariables(model, adamOptimizer, new RandomNumbers(3), images).get('conv/kernel')?.data ??
      new Float32Array()
    )
  }

  it('that begin as the identity pass each map on, and are He-normal beyond', () => {
    const kernel = kernelOf('identity', 4, 6, 3)
    const plain = kernelOf('he-normal', 4, 6, 3)
    kernel.forEach((value, index) => {
      const [place, map, filter] = [Math.floor(index / 24), Math.floor(index / 6) % 4, index % 6]
      expect(value).toBe(filter >= 4 ? plain[index] : place === 4 && map === filter ? 1 : 0)
    })
  })

  it('that begin as the identity pass on as many maps as they are, and of an even extent the value that padding leaves in its place', () => {
    const kernel = kernelOf('identity', 4, 2, 2)
    expect([...kernel]).toEqual([1, 0, 0, 1, ...new Array<number>(28).fill(0)])
  })

  it('that whiten are made of the images', () => {
    const images = { values: randomNumbers(5 * 8 * 8 * 3, 1), height: 8, width: 8, channels: 3 }
    expect(kernelOf('whitening', 3, 6, 2, () => images)).toEqual(whiteningKernel(images, { height: 2, width: 2 }, 6))
  })
})
