import { expect, test } from 'vitest'
import type { Picture } from '../../../core/pictures/mapGrid.ts'
import { gridOfPictures } from '../../../core/pictures/pictureGrid.ts'

/** A picture of 1 x 2 pixels. */
const picture = (grey: number): Picture => ({
  height: 1,
  width: 2,
  pixels: Uint8Array.of(grey, grey, grey, 255, grey + 1, grey + 1, grey + 1, 255),
})

test('pictures stand row by row, with a gap of nothing between them', () => {
  const { height, width, pixels } = gridOfPictures([10, 20, 30].map(picture))
  expect([height, width]).toEqual([3, 5])
  const at = (row: number, column: number) => [...pixels.subarray((row * width + column) * 4).subarray(0, 4)]
  expect([at(0, 0)[0], at(0, 1)[0], at(0, 3)[0], at(0, 4)[0], at(2, 0)[0], at(2, 1)[0]]).toEqual([
    10, 11, 20, 21, 30, 31,
  ])
  for (const [row, column] of [
    [0, 2],
    [1, 0],
    [2, 3],
  ])
    expect(at(row, column)).toEqual([0, 0, 0, 0])
})

test('one picture is itself', () => {
  expect(gridOfPictures([picture(7)])).toEqual(picture(7))
})
