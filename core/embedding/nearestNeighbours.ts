import type { Vectors } from './vectors.ts'

/** The nearest neighbours of each vector, itself first: `[rows, count]`. */
export interface Neighbours {
  readonly count: number
  readonly numbers: Uint32Array
  /** Euclidean. */
  readonly distances: Float64Array
}

/** Rows that a row is compared with at once: each of its values is read once for all of them. */
const atOnce = 4

/**
 * The squares of the distances of a row from the `atOnce` rows that begin at another. Those behind the last row are
 * compared with rows that are there, and mean nothing.
 */
function squaredDistances({ values, columns, rows }: Vectors, row: number, first: number, into: Float64Array): void {
  const from = row * columns
  const place = (other: number): number => Math.min(other, rows - 1) * columns
  const one = place(first)
  const two = place(first + 1)
  const three = place(first + 2)
  const four = place(first + 3)
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  // Without lists, which this loop would make anew for each value.
  for (let column = 0; column < columns; column += 1) {
    const value = values[from + column]
    const p = value - values[one + column]
    const q = value - values[two + column]
    const r = value - values[three + column]
    const s = value - values[four + column]
    a += p * p
    b += q * q
    c += r * r
    d += s * s
  }
  into[0] = a
  into[1] = b
  into[2] = c
  into[3] = d
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
  const squares = new Float64Array(atOnce)
  for (let row = 0; row < rows; row += 1) {
    // Before all others, also before those that are equal to it.
    put(row, row, -1)
    for (let first = row + 1; first < rows; first += atOnce) {
      squaredDistances(vectors, row, first, squares)
      const end = Math.min(rows, first + atOnce)
      for (let other = first; other < end; other += 1) {
        const distance = squares[other - first]
        put(row, other, distance)
        put(other, row, distance)
      }
    }
    const left = rows - row - 1
    yield 1 - (left * (left - 1)) / (rows * (rows - 1))
  }
  return { count, numbers, distances: distances.map((distance) => Math.sqrt(Math.max(0, distance))) }
}
