import type { Vectors } from './vectors.ts'

/** The nearest neighbours of each vector, itself first: `[rows, count]`. */
export interface Neighbours {
  readonly count: number
  readonly numbers: Uint32Array
  /** Euclidean. */
  readonly distances: Float64Array
}

/** The square of the distance of two rows. Four sums at once, which the processor adds side by side. */
function squaredDistance({ values, columns }: Vectors, one: number, other: number): number {
  const [from, to] = [one * columns, other * columns]
  let [a, b, c, d] = [0, 0, 0, 0]
  let column = 0
  for (; column + 3 < columns; column += 4) {
    const first = values[from + column] - values[to + column]
    const second = values[from + column + 1] - values[to + column + 1]
    const third = values[from + column + 2] - values[to + column + 2]
    const fourth = values[from + column + 3] - values[to + column + 3]
    a += first * first
    b += second * second
    c += third * third
    d += fourth * fourth
  }
  for (; column < columns; column += 1) {
    const rest = values[from + column] - values[to + column]
    a += rest * rest
  }
  return a + b + (c + d)
}

/**
 * Finds the nearest neighbours of every vector by comparing each with each: exact, and the same every time. Of equally
 * near ones the lower number comes first. Yields the share of all pairs that is done, after each row.
 * @param count Neighbours of each, itself included; at most the number of vectors.
 */
export function* nearestNeighbours(vectors: Vectors, count: number): Generator<number, Neighbours> {
  const { rows } = vectors
  const numbers = new Uint32Array(rows * count)
  const distances = new Float64Array(rows * count).fill(Infinity)
  const put = (row: number, number: number, distance: number): void => {
    const from = row * count
    if (distance >= distances[from + count - 1]) return
    let place = count - 1
    for (; place > 0 && distances[from + place - 1] > distance; place -= 1) {
      distances[from + place] = distances[from + place - 1]
      numbers[from + place] = numbers[from + place - 1]
    }
    distances[from + place] = distance
    numbers[from + place] = number
  }
  for (let row = 0; row < rows; row += 1) {
    // Before all others, also before those that are equal to it.
    put(row, row, -1)
    for (let other = row + 1; other < rows; other += 1) {
      const distance = squaredDistance(vectors, row, other)
      put(row, other, distance)
      put(other, row, distance)
    }
    const left = rows - row - 1
    yield 1 - (left * (left - 1)) / (rows * (rows - 1))
  }
  return { count, numbers, distances: distances.map((distance) => Math.sqrt(Math.max(0, distance))) }
}
