import { describe, expect, it } from 'vitest'
import { eigenvectors, whiteningKernel, type ScaledImages } from '../../../../main/engine/train/whitening.ts'
import { someImages } from '../../../../main/engine/feed/someImages.ts'
import { imagesInMemory } from '../../../../main/engine/feed/imageSource.ts'
import { randomNumbers } from '../graph/numbers.ts'

/** Numbers between -1 and 1 as a symmetric matrix. */
function symmetric(size: number): Float64Array[] {
  const numbers = randomNumbers(size * size, 4)
  return Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size }, (__, column) => numbers[Math.max(row, column) * size + Math.min(row, column)]),
  )
}

function product(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Array.from(one).reduce((sum, value, index) => sum + value * other[index], 0)
}

describe('eigenvectors', () => {
  it('of a matrix that can be solved by hand', () => {
    const [first, second] = eigenvectors([Float64Array.of(2, 1), Float64Array.of(1, 2)])
    expect(first.value).toBeCloseTo(3, 14)
    expect(second.value).toBeCloseTo(1, 14)
    expect([...first.vector].map((value) => value * Math.SQRT2)).toEqual([expect.closeTo(1, 14), expect.closeTo(1, 14)])
    expect(Math.abs(product(second.vector, [1, 1]))).toBeLessThan(1e-14)
  })

  it('are turned into their multiples by the matrix, stand upright on each other, and come with falling values', () => {
    const matrix = symmetric(12)
    const found = eigenvectors(matrix)
    for (const [index, { value, vector }] of found.entries()) {
      for (const [row, each] of matrix.entries()) expect(product(each, vector)).toBeCloseTo(value * vector[row], 12)
      for (const [other, { vector: second }] of found.entries())
        expect(product(vector, second)).toBeCloseTo(index === other ? 1 : 0, 12)
    }
    expect(found.map(({ value }) => value)).toEqual(
      found.map(({ value }) => value).toSorted((one, other) => other - one),
    )
  })

  it('of a matrix that has them on its diagonal, zeros among them, are the axes', () => {
    const found = eigenvectors([Float64Array.of(0, 0, 0), Float64Array.of(0, 5, 0), Float64Array.of(0, 0, 1)])
    expect(found.map(({ value, vector }) => [value, ...vector])).toEqual([
      [5, 0, 1, 0],
      [1, 0, 0, 1],
      [0, 1, 0, 0],
    ])
  })
})

/** Smooth images: each pixel is near its neighbours, as in photographs, and the colours go along with each other. */
function smoothImages(count: number, height: number, width: number): ScaledImages {
  const noise = randomNumbers(count * height * width * 3, 9)
  const values = new Float32Array(noise.length)
  for (let place = 0; place < values.length; place += 1)
    values[place] =
      noise[place] + (place >= 3 ? 0.8 * values[place - 3] : 0) + (place % 3 > 0 ? 0.5 * values[place - 1] : 0)
  return { values, height, width, channels: 3 }
}

/** Outputs of each filter at every place of the images, filter by filter. */
function outputsOf(
  { values, height, width, channels }: ScaledImages,
  kernel: Float32Array,
  size: number,
  filters: number,
): number[][] {
  const outputs = Array.from({ length: filters }, (): number[] => [])
  for (let image = 0; image < values.length; image += height * width * channels) {
    for (let top = 0; top + size <= height; top += 1) {
      for (let left = 0; left + size <= width; left += 1) {
        outputs.forEach((of, filter) => {
          let sum = 0
          for (let y = 0; y < size; y += 1) {
            for (let x = 0; x < size; x += 1) {
              for (let channel = 0; channel < channels; channel += 1) {
                sum +=
                  values[image + ((top + y) * width + left + x) * channels + channel] *
                  kernel[((y * size + x) * channels + channel) * filters + filter]
              }
            }
          }
          of.push(sum)
        })
      }
    }
  }
  return outputs
}

describe('a whitening kernel', () => {
  const images = smoothImages(6, 9, 8)
  const kernel = whiteningKernel(images, { height: 2, width: 2 }, 24)

  it('gives uncorrelated outputs with about the variance 1, and then the same with the other sign', () => {
    const outputs = outputsOf(images, kernel, 2, 24)
    for (let first = 0; first < 12; first += 1) {
      expect(outputs[12 + first]).toEqual(outputs[first].map((value) => (value === 0 ? expect.closeTo(0) : -value)))
      for (let second = 0; second < 12; second += 1) {
        const mean = product(outputs[first], outputs[second]) / outputs[first].length
        expect(mean).toBeCloseTo(first === second ? 1 : 0, 1)
      }
    }
  })

  it('of fewer filters has the strongest components alone', () => {
    const few = whiteningKernel(images, { height: 2, width: 2 }, 4)
    for (let place = 0; place < 12; place += 1) {
      expect([...few.subarray(place * 4, place * 4 + 4)]).toEqual(
        [0, 1, 12, 13].map((filter) => kernel[place * 24 + filter]),
      )
    }
  })

  it('of images without any contrast is finite', () => {
    const flat = whiteningKernel(
      { values: new Float32Array(5 * 5 * 3), height: 5, width: 5, channels: 3 },
      { height: 3, width: 3 },
      54,
    )
    expect(flat.every(Number.isFinite)).toBe(true)
  })
})

describe('the images that whitening is made of', () => {
  const pixels = { kind: 'standard', mean: [10, 20, 30], deviation: [2, 4, 8] } as const
  const taken = (stored: Uint8Array, side: number, trained: Uint32Array) =>
    someImages(
      { image: { height: side, width: side, channels: 3 }, images: imagesInMemory(stored) },
      { ...pixels, mean: [...pixels.mean], deviation: [...pixels.deviation] },
      trained,
    )

  it('are those that the run trains on, in the scale of its network', () => {
    const { values, ...extents } = taken(
      Uint8Array.from({ length: 4 * 2 * 2 * 3 }, (_, index) => index * 5),
      2,
      Uint32Array.of(2, 0),
    )
    expect(extents).toEqual({ height: 2, width: 2, channels: 3 })
    const scaled = (from: number): number[] =>
      Array.from(
        { length: 12 },
        (_, index) => ((from + index) * 5 - pixels.mean[index % 3]) / pixels.deviation[index % 3],
      )
    expect([...values]).toEqual([...scaled(24), ...scaled(0)])
  })

  it('are a thousand from all over the set, where it has more', () => {
    const stored = Uint8Array.from({ length: 2500 * 3 }, (_, index) => Math.floor(index / 3) / 10)
    const { values } = taken(
      stored,
      1,
      Uint32Array.from({ length: 2500 }, (_, image) => image),
    )
    expect(values).toHaveLength(3000)
    const reds = Array.from({ length: 1000 }, (_, place) => values[place * 3] * pixels.deviation[0] + pixels.mean[0])
    expect(reds).toEqual(Array.from({ length: 1000 }, (_, place) => Math.floor(Math.floor(place * 2.5) / 10)))
  })
})
