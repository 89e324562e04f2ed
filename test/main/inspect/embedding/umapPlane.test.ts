import { describe, expect, test } from 'vitest'
import { nearestNeighbours } from '../../../../core/embedding/nearestNeighbours.ts'
import { principalPlane } from '../../../../core/embedding/principalPlane.ts'
import type { PlanePoints, Vectors } from '../../../../core/embedding/vectors.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { umapPlane } from '../../../../main/inspect/embedding/umapPlane.ts'

function resultOf<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const [groups, inEach, columns] = [6, 40, 12]

/** Groups around corners of a cube, whose vectors are nearer to each other than to those of other groups. */
function grouped(): Vectors {
  const random = new RandomNumbers(3)
  const values = Float32Array.from({ length: groups * inEach * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns]
    const corner = column === row % groups ? 4 : 0
    return corner + random.between(-1, 1, 'order', row, column)
  })
  return { rows: groups * inEach, columns, values }
}

function planeOf(vectors: Vectors, neighbours: number, seed: number): PlanePoints {
  const nearest = resultOf(nearestNeighbours(vectors, neighbours))
  return resultOf(umapPlane(nearest, resultOf(principalPlane(vectors)), seed))
}

describe('UMAP', () => {
  test('gives the same points to the bit for the same seed and neighbours, and others otherwise', () => {
    const vectors = grouped()
    const plane = planeOf(vectors, 10, 7)
    expect(planeOf(vectors, 10, 7)).toEqual(plane)
    expect(planeOf(vectors, 10, 8).x).not.toEqual(plane.x)
    expect(planeOf(vectors, 12, 7).x).not.toEqual(plane.x)
  })

  test('puts those together that are near to each other', () => {
    const { x, y } = planeOf(grouped(), 10, 1)
    const points = {
      rows: x.length,
      columns: 2,
      values: Float32Array.from([...x].flatMap((value, row) => [value, y[row]])),
    }
    const { numbers } = resultOf(nearestNeighbours(points, 6))
    const own = numbers.filter((number, place) => number % groups === Math.floor(place / 6) % groups)
    expect(own.length / numbers.length).toBeGreaterThan(0.99)
  })

  test('begins at the principal components, so that both planes lie alike', () => {
    const vectors = grouped()
    const principal = resultOf(principalPlane(vectors))
    const plane = planeOf(vectors, 10, 1)
    const correlation = (one: Float32Array, other: Float32Array): number => {
      const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
      const [a, b] = [mean(one), mean(other)]
      const product = one.reduce((sum, value, row) => sum + (value - a) * (other[row] - b), 0)
      const length = (values: Float32Array, middle: number): number =>
        Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0))
      return product / (length(one, a) * length(other, b))
    }
    expect(correlation(plane.x, principal.x)).toBeGreaterThan(0.5)
    expect(correlation(plane.y, principal.y)).toBeGreaterThan(0.5)
  })

  test.each([
    ['three vectors', { rows: 3, columns: 2, values: Float32Array.of(0, 0, 1, 0, 5, 5) }, 2],
    ['equal vectors', { rows: 8, columns: 2, values: new Float32Array(16).fill(2) }, 4],
  ])('gives finite points for %s', (_, vectors, neighbours) => {
    const { x, y } = planeOf(vectors, neighbours, 1)
    expect([...x, ...y].every(Number.isFinite)).toBe(true)
    expect(new Set(x).size).toBe(vectors.rows)
  })
})
