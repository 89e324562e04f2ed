import { describe, expect, test } from 'vitest'
import { colourIndex, colourTables } from '../../../core/pictures/colourMap.ts'
import { drawGrid, enlarged, planesOfMaps, squareGrid, type Picture } from '../../../core/pictures/mapGrid.ts'

const scale = { low: -1, high: 1 }

function pixelAt({ width, pixels }: Picture, row: number, column: number): number[] {
  const first = 4 * (row * width + column)
  return [...pixels.subarray(first, first + 4)]
}

function colourOf(value: number): number[] {
  const first = 3 * colourIndex(value, scale)
  return [...colourTables.seismic.subarray(first, first + 3), 255]
}

const nothing = [0, 0, 0, 0]

test.each([
  [1, 1, 1],
  [2, 1, 2],
  [3, 2, 2],
  [10, 3, 4],
  [64, 8, 8],
  [65, 8, 9],
])('%i maps stand in %i rows of %i', (count, rows, columns) => {
  expect(squareGrid(count)).toEqual({ rows, columns })
})

describe('a grid', () => {
  // Three maps of 1 x 2: the value of row r, column c, channel k stands at c * 3 + k.
  const maps = planesOfMaps([-1, -0.5, 0, 0.25, 0.5, 1], [1, 2, 3])
  const picture = drawGrid(maps, 'seismic', () => scale)

  test('has a pixel a value and a gap of one between maps', () => {
    expect([picture.height, picture.width]).toEqual([3, 5])
    expect([0, 1, 2, 3, 4].map((column) => pixelAt(picture, 0, column))).toEqual([
      colourOf(-1),
      colourOf(0.25),
      nothing,
      colourOf(-0.5),
      colourOf(0.5),
    ])
  })

  test('is empty behind its last map', () => {
    expect(pixelAt(picture, 2, 0)).toEqual(colourOf(0))
    expect(pixelAt(picture, 2, 3)).toEqual(nothing)
  })

  test('leaves out what is not finite', () => {
    const broken = drawGrid(planesOfMaps([NaN, 1], [1, 2, 1]), 'seismic', () => scale)
    expect([pixelAt(broken, 0, 0), pixelAt(broken, 0, 1)]).toEqual([nothing, colourOf(1)])
  })
})

test('an enlarged picture has squares of one colour', () => {
  const small = drawGrid(planesOfMaps([-1, 1], [1, 2, 1]), 'seismic', () => scale)
  const large = enlarged(small, 3)
  expect([large.height, large.width]).toEqual([3, 6])
  for (const row of [0, 1, 2]) {
    expect([0, 1, 2, 3, 4, 5].map((column) => pixelAt(large, row, column))).toEqual([
      ...Array<number[]>(3).fill(colourOf(-1)),
      ...Array<number[]>(3).fill(colourOf(1)),
    ])
  }
})
