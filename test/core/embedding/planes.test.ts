import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { nearestNeighbours } from '../../../core/embedding/nearestNeighbours.ts'
import { principalPlane, type PrincipalPlane } from '../../../core/embedding/principalPlane.ts'
import type { Vectors } from '../../../core/embedding/vectors.ts'
import { floatsIn } from '../../../main/engine/shared/base64.ts'

const numbers = z.array(z.number())
const made = z
  .strictObject({
    cases: z.array(
      z.strictObject({
        name: z.string(),
        rows: z.int(),
        columns: z.int(),
        values: z.base64().transform(floatsIn),
        x: numbers,
        y: numbers,
        explained: z.tuple([z.number(), z.number()]),
        distances: z.array(numbers),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../data/scikit-learn/embedding.json', import.meta.url), 'utf8')))

/** What a generator ends with. */
function resultOf<Result>(steps: Generator<number, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

function planeOf(vectors: Vectors): PrincipalPlane {
  return resultOf(principalPlane(vectors))
}

function vectorsOf(rows: readonly (readonly number[])[]): Vectors {
  return { rows: rows.length, columns: rows[0].length, values: Float32Array.from(rows.flat()) }
}

describe('principal components', () => {
  test.each(made.cases)('are those of scikit-learn, signs included: $name', ({ x, y, explained, ...vectors }) => {
    const plane = planeOf(vectors)
    const size = Math.max(...x.map(Math.abs))
    // The coordinates are float32.
    plane.x.forEach((value, row) => expect(Math.abs(value - x[row]) / size).toBeLessThan(2e-7))
    plane.y.forEach((value, row) => expect(Math.abs(value - y[row]) / size).toBeLessThan(2e-7))
    expect(plane.explained[0]).toBeCloseTo(explained[0], 12)
    expect(plane.explained[1]).toBeCloseTo(explained[1], 12)
  })

  test('find both directions where two vary alike', () => {
    const square = vectorsOf([
      [3, 0, 0, 0],
      [-3, 0, 0, 0],
      [0, 3, 0, 0],
      [0, -3, 0, 0],
      [0, 0, 1, 0],
      [0, 0, -1, 0],
    ])
    const { x, y, explained } = planeOf(square)
    expect(explained[0]).toBeCloseTo(18 / 38, 12)
    expect(explained[1]).toBeCloseTo(18 / 38, 12)
    for (let row = 0; row < 4; row += 1) expect(Math.hypot(x[row], y[row])).toBeCloseTo(3, 5)
  })

  test('of equal vectors are none, of vectors on a line only one', () => {
    const equal = planeOf(vectorsOf([0, 1, 2].map(() => [5, 7])))
    expect(equal.explained).toEqual([0, 0])
    expect([...equal.x, ...equal.y]).toEqual([0, 0, 0, 0, 0, 0])

    const line = planeOf(vectorsOf([0, 1, 2, 3].map((step) => [step, -step, 2 * step])))
    expect(line.explained[0]).toBeCloseTo(1, 12)
    expect(line.explained[1]).toBeCloseTo(0, 12)
    line.y.forEach((value) => expect(value).toBeCloseTo(0, 5))

    const single = planeOf(vectorsOf([[1], [2], [6]]))
    expect(single.explained).toEqual([1, 0])
    expect([...single.x]).toEqual([-2, -1, 3])
    expect([...single.y]).toEqual([0, 0, 0])
  })
})

describe('nearest neighbours', () => {
  test.each(made.cases)('are as far as scikit-learn finds: $name', ({ distances, ...vectors }) => {
    const count = distances[0].length
    const found = resultOf(nearestNeighbours(vectors, count))
    distances.flat().forEach((distance, place) => expect(found.distances[place]).toBeCloseTo(distance, 9))
    for (let row = 0; row < vectors.rows; row += 1) {
      const own = found.numbers.subarray(row * count, (row + 1) * count)
      expect(own[0]).toBe(row)
      expect(new Set(own).size).toBe(count)
    }
  })

  test('put a vector before those that are equal to it, and of equally near ones the lower number first', () => {
    const { numbers: found, distances } = resultOf(nearestNeighbours(vectorsOf([[0], [1], [0], [-1]]), 4))
    expect([...found]).toEqual([0, 2, 1, 3, 1, 0, 2, 3, 2, 0, 1, 3, 3, 0, 2, 1])
    expect([...distances.subarray(0, 4)]).toEqual([0, 0, 1, 1])
  })

  test('tell how many of all pairs are done', () => {
    const shares = [...nearestNeighbours(vectorsOf([[0], [1], [2], [3]]), 2)]
    expect(shares).toEqual([1 - 6 / 12, 1 - 2 / 12, 1, 1])
  })
})
