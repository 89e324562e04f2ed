import { expect, test } from 'vitest'
import { outlines } from '../../../core/drawing/outlines.ts'
import { drawStroke } from '../../../core/drawing/pen.ts'
import { drawShape, shapeCounts, shapeLabel, shapeSide } from '../../../core/drawing/shapes.ts'

test('a pen covers the pixels within its radius, and half of those at its edge', () => {
  const image = new Float64Array(9 * 9)
  drawStroke(
    image,
    9,
    [
      [0, 4.5],
      [9, 4.5],
    ],
    { radius: 1, ink: 0.8 },
  )
  const column = Array.from({ length: 9 }, (_, row) => image[row * 9 + 4])
  expect(column).toEqual([0, 0, 0, 0.4, 0.8, 0.4, 0, 0, 0])
})

test('every image is drawn the same again, and is like no other', () => {
  const drawn = [0, 6, 12].map((index) => Buffer.from(drawShape('train', index)).toString('base64'))
  expect(drawShape('train', 6)).toEqual(Uint8Array.from(Buffer.from(drawn[1], 'base64')))
  expect(new Set([...drawn, Buffer.from(drawShape('test', 0)).toString('base64')]).size).toBe(4)
})

test('each shape has equally many images in both splits', () => {
  for (const count of Object.values(shapeCounts)) {
    const sums = outlines.map(() => 0)
    for (let image = 0; image < count; image += 1) sums[shapeLabel(image)] += 1
    expect(new Set(sums)).toEqual(new Set([count / outlines.length]))
  }
})

test('ink stands out from the ground in every image, so that each can be told', () => {
  for (let image = 0; image < 60; image += 1) {
    const sorted = [...drawShape('test', image)].sort((one, other) => one - other)
    const ground = sorted[Math.floor(sorted.length / 2)]
    const ink = sorted[sorted.length - shapeSide]
    expect(ink - ground, `image ${image}`).toBeGreaterThan(40)
  }
})
