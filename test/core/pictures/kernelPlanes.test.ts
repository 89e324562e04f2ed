import { describe, expect, test } from 'vitest'
import { colourKernel } from '../../../core/pictures/colourKernel.ts'
import {
  matrixParts,
  planesOfChannel,
  planesOfDepthwise,
  planesOfKernel,
  planesOfMatrix,
  planesOfUnit,
  type KernelTensor,
} from '../../../core/pictures/kernelPlanes.ts'
import type { Plane } from '../../../core/pictures/mapGrid.ts'

/** A tensor whose values are their own indices. */
function counted(...shape: number[]): KernelTensor {
  const size = shape.reduce((product, extent) => product * extent, 1)
  return { shape, data: Float32Array.from({ length: size }, (_, index) => index) }
}

function valuesOf({ values, height, width, first, columnStride, rowStride }: Plane): number[] {
  return Array.from({ length: height * width }, (_, place) =>
    Number(values[first + Math.floor(place / width) * rowStride + (place % width) * columnStride]),
  )
}

describe('a kernel [2, 2, 3, 4]', () => {
  const kernel = counted(2, 2, 3, 4)
  const at = (input: number, output: number): number[] => [0, 1, 2, 3].map((place) => (place * 3 + input) * 4 + output)

  test('has a plane an output for one input channel', () => {
    expect(planesOfChannel(kernel, 1).map(valuesOf)).toEqual([0, 1, 2, 3].map((output) => at(1, output)))
  })

  test('has a plane an input channel for one output', () => {
    expect(planesOfKernel(kernel, 2).map(valuesOf)).toEqual([0, 1, 2].map((input) => at(input, 2)))
  })

  test('of a depthwise layer has one for each map that comes out', () => {
    const planes = planesOfDepthwise(kernel).map(valuesOf)
    expect(planes).toHaveLength(12)
    expect(planes[7]).toEqual(at(1, 3))
  })
})

describe('a unit of a dense layer', () => {
  test('has its weights where the flattened maps have their values', () => {
    // Maps of [2, 3, 2]: the weight of map 1, row 1, column 0 is that of input (1 * 3 + 0) * 2 + 1 = 7.
    const planes = planesOfUnit(counted(12, 5), 4, [2, 3, 2]).map(valuesOf)
    expect(planes).toHaveLength(2)
    expect(planes[1][3]).toBe(7 * 5 + 4)
  })

  test('has them in about a square where none were flattened', () => {
    // The fourth place of two by two has no weight.
    expect(planesOfUnit(counted(3, 2), 1, null).map(valuesOf)).toEqual([[1, 3, 5, NaN]])
  })
})

describe('a matrix', () => {
  test.each([
    ['of about a square is whole', [256, 128], 1, 1, 256, 128],
    ['that is high has parts beside each other', [2304, 256], 3, 3, 768, 256],
    ['that is very high, too', [4096, 10], 19, 19, 216, 10],
    ['that is wide has parts below each other', [10, 4096], 19, 1, 10, 216],
  ])('%s', (_, shape, parts, columns, height, width) => {
    expect(matrixParts(shape)).toEqual({ count: parts, columns, height, width })
  })

  test.each([
    [7, 1],
    [1, 7],
    [100, 3],
    [3, 100],
    [12, 12],
  ])('[%i, %i] has every weight once', (rows, columns) => {
    const found = planesOfMatrix(counted(rows, columns))
      .flatMap(valuesOf)
      .toSorted((a, b) => a - b)
    expect(found).toEqual(Array.from({ length: rows * columns }, (_, index) => index))
  })
})

test('a kernel in colour is mid grey where it is zero, and full where it is largest', () => {
  const { height, width, pixels } = colourKernel({ shape: [1, 2, 3, 1], data: Float32Array.of(-2, 0, 1, 2, -1, 0) }, 0)
  expect([height, width]).toEqual([1, 2])
  expect([...pixels]).toEqual([0, 128, 191, 255, 255, 64, 128, 255])
  expect([...colourKernel({ shape: [1, 1, 3, 1], data: new Float32Array(3) }, 0).pixels]).toEqual([128, 128, 128, 255])
})
