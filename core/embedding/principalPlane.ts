import { RandomNumbers } from '../numbers/random.ts'
import { symmetricEigen } from '../numbers/symmetricEigen.ts'
import type { PlanePoints, Vectors } from './vectors.ts'

/** The plane in which vectors vary most. */
export interface PrincipalPlane extends PlanePoints {
  /** Shares of the whole variance along x and y, 0 to 1; of equal vectors 0. */
  readonly explained: readonly [number, number]
}

/** How far C v may be from a multiple of v, as a share of the largest eigenvalue. */
const tolerance = 1e-10

/** Directions that the search begins with and adds at a time: as many as are wanted. */
const block = 2

/** The small problem is solved after so many blocks: it tells whether the search may end. */
const blocksBetween = 4

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let place = 0; place < one.length; place += 1) sum += one[place] * other[place]
  return sum
}

/** Adds a multiple of a vector to another. */
function add(to: Float64Array, factor: number, vector: Float64Array): void {
  for (let place = 0; place < to.length; place += 1) to[place] += factor * vector[place]
}

function combined(vectors: readonly Float64Array[], factors: Float64Array): Float64Array {
  const sum = new Float64Array(vectors[0].length)
  vectors.forEach((vector, place) => add(sum, factors[place], vector))
  return sum
}

/** Vectors less their mean, and what is computed of them. */
class Centred {
  readonly #vectors: Vectors
  readonly #means: Float64Array

  constructor(vectors: Vectors) {
    const { rows, columns, values } = vectors
    this.#vectors = vectors
    this.#means = new Float64Array(columns)
    for (let from = 0; from < values.length; from += columns)
      for (let column = 0; column < columns; column += 1) this.#means[column] += values[from + column] / rows
  }

  get columns(): number {
    return this.#means.length
  }

  /** Of all columns together. */
  variance(): number {
    const { rows, columns, values } = this.#vectors
    let sum = 0
    for (let from = 0; from < values.length; from += columns)
      for (let column = 0; column < columns; column += 1) sum += (values[from + column] - this.#means[column]) ** 2
    return sum / (rows - 1)
  }

  /** The coordinate of each row along a direction of length 1. */
  along(direction: Float64Array): Float64Array {
    const { rows, columns, values } = this.#vectors
    const along = new Float64Array(rows)
    for (let row = 0; row < rows; row += 1) {
      let sum = 0
      for (let column = 0; column < columns; column += 1)
        sum += (values[row * columns + column] - this.#means[column]) * direction[column]
      along[row] = sum
    }
    return along
  }

  /** The covariance matrix times a vector. The matrix itself may be too large to be made. */
  covarianceTimes(vector: Float64Array): Float64Array {
    const { rows, columns, values } = this.#vectors
    const product = new Float64Array(columns)
    const along = this.along(vector)
    for (let row = 0; row < rows; row += 1) {
      const factor = along[row] / (rows - 1)
      for (let column = 0; column < columns; column += 1)
        product[column] += factor * (values[row * columns + column] - this.#means[column])
    }
    return product
  }
}

/** What is left of a vector beside those of a basis, with length 1; null when nothing is. */
function beside(basis: readonly Float64Array[], vector: Float64Array, least: number): Float64Array | null {
  // Twice, because the first time leaves what was rounded.
  for (let time = 0; time < 2; time += 1) for (const one of basis) add(vector, -dot(one, vector), one)
  const length = Math.sqrt(dot(vector, vector))
  return length <= least ? null : vector.map((value) => value / length)
}

/** The two directions of largest variance, the largest first. */
interface Direction {
  readonly variance: number
  readonly vector: Float64Array
}

/**
 * The largest eigenvalues of the covariance matrix, by block Lanczos with full reorthogonalisation and a Rayleigh-Ritz
 * step (Golub & Van Loan 2013, 10.3): exact to `tolerance`, at the cost of some products with all vectors whatever
 * their length.
 * @param variance Of all columns together, above 0.
 */
function* largestDirections(centred: Centred, variance: number): Generator<number, Direction[]> {
  const { columns } = centred
  const least = variance * 1e-14
  const random = new RandomNumbers(0)
  const basis: Float64Array[] = []
  const products: Float64Array[] = []
  const small: Float64Array[] = []
  let next = Array.from({ length: Math.min(block, columns) }, (_, place) =>
    Float64Array.from({ length: columns }, (_value, column) => random.between(-1, 1, 'embedding', 1 + place, column)),
  )
  for (let blocks = 1; ; blocks += 1) {
    const added: Float64Array[] = []
    for (const vector of next) {
      const direction = beside(basis, vector, blocks === 1 ? 0 : least)
      if (direction === null) continue
      basis.push(direction)
      added.push(centred.covarianceTimes(direction))
      yield basis.length
    }
    products.push(...added)
    // The small matrix of the covariance in this basis; the new rows and columns of it.
    for (let row = 0; row < basis.length; row += 1)
      small[row] = Float64Array.from(basis, (_, column) =>
        row < basis.length - added.length && column < basis.length - added.length
          ? small[row][column]
          : (dot(basis[row], products[column]) + dot(basis[column], products[row])) / 2,
      )
    const whole = added.length === 0 || basis.length >= columns
    if (!whole && blocks % blocksBetween !== 0) {
      next = added.map((product) => Float64Array.from(product))
      continue
    }
    const pairs = symmetricEigen(small).slice(0, 2)
    const found = pairs.map(({ value, vector }) => ({ variance: value, vector: combined(basis, vector) }))
    const settled = pairs.every(({ value, vector }, place) => {
      const rest = combined(products, vector)
      add(rest, -value, found[place].vector)
      return Math.sqrt(dot(rest, rest)) <= tolerance * pairs[0].value
    })
    if (whole || settled) return found
    next = added.map((product) => Float64Array.from(product))
  }
}

/** The direction or its opposite, whichever has its largest component above 0. */
function signed(direction: Float64Array): Float64Array {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  return largest < 0 ? direction.map((value) => -value) : direction
}

/**
 * Principal component analysis: the first two principal components of vectors and each vector's coordinates along them,
 * in double precision. Signs are those of scikit-learn's `PCA`: the largest component of each direction is above 0.
 * Vectors of one value have y = 0; equal ones lie at the origin. Yields how many directions were tried.
 * @param vectors At least two, all finite.
 */
export function* principalPlane(vectors: Vectors): Generator<number, PrincipalPlane> {
  const centred = new Centred(vectors)
  const variance = centred.variance()
  const none = { x: new Float32Array(vectors.rows), y: new Float32Array(vectors.rows) }
  if (variance === 0) return { ...none, explained: [0, 0] }
  const directions = yield* largestDirections(centred, variance)
  const [x, y = none.y] = directions.map(({ vector }) => Float32Array.from(centred.along(signed(vector))))
  const [first, second = 0] = directions.map((one) => Math.max(0, one.variance) / variance)
  return { x, y, explained: [first, second] }
}
