import type { WindowSize } from '../../../core/network/windows.ts'

/** Images scaled for a network: float32 `[image, height, width, channels]`. */
export interface ScaledImages {
  readonly values: Float32Array
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** Added to each variance, so that components which hardly occur are not amplified too much (Jordan 2024). */
const least = 5e-4

/** The rows of a symmetric matrix. */
type Matrix = Float64Array[]

/**
 * Second moments of a patch: the mean product of every pair of its values, over all patches within the images. `[patch,
 * patch]`, with a patch flattened from `[height, width, channels]`.
 */
function patchProducts({ values, height, width, channels }: ScaledImages, kernel: WindowSize): Matrix {
  const rowValues = kernel.width * channels
  const size = kernel.height * rowValues
  const sums = Array.from({ length: size }, () => new Float64Array(size))
  const patch = new Float64Array(size)
  const imageValues = height * width * channels
  let patches = 0
  for (let image = 0; image < values.length; image += imageValues) {
    for (let top = 0; top + kernel.height <= height; top += 1) {
      for (let left = 0; left + kernel.width <= width; left += 1) {
        for (let row = 0; row < kernel.height; row += 1) {
          const from = image + ((top + row) * width + left) * channels
          patch.set(values.subarray(from, from + rowValues), row * rowValues)
        }
        for (let first = 0; first < size; first += 1) {
          for (let second = 0; second <= first; second += 1) sums[first][second] += patch[first] * patch[second]
        }
        patches += 1
      }
    }
  }
  return sums.map((_, first) =>
    Float64Array.from(sums, (__, second) => sums[Math.max(first, second)][Math.min(first, second)] / patches),
  )
}

/**
 * One Jacobi rotation: rotates rows and columns `p` and `q` of a symmetric matrix so that entry (p, q) becomes 0.
 * Rotates the vectors with it.
 */
function rotate(matrix: Matrix, vectors: Matrix, p: number, q: number): void {
  if (matrix[p][q] === 0) return
  const theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q])
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  const turn = (one: Float64Array): void => {
    const [before, after] = [one[p], one[q]]
    one[p] = cosine * before - sine * after
    one[q] = sine * before + cosine * after
  }
  matrix.forEach(turn)
  for (let column = 0; column < matrix.length; column += 1) {
    const [before, after] = [matrix[p][column], matrix[q][column]]
    matrix[p][column] = cosine * before - sine * after
    matrix[q][column] = sine * before + cosine * after
  }
  vectors.forEach(turn)
}

/** Upper limit; convergence is quadratic, so few sweeps are ever needed. */
const sweeps = 30

/**
 * Eigenvalues of a symmetric matrix, the largest first, each with its unit eigenvector, whose largest component is
 * positive. Uses Jacobi's rotations (Golub & Van Loan, Matrix Computations, 8.5) in double precision, with only the
 * four basic operations and square roots, so the bits are the same on every processor.
 */
export function eigenvectors(
  symmetric: readonly Float64Array[],
): { readonly value: number; readonly vector: Float64Array }[] {
  const matrix = symmetric.map((row) => Float64Array.from(row))
  const vectors: Matrix = matrix.map((row, index) => new Float64Array(row.length).fill(1, index, index + 1))
  const beside = (): number =>
    matrix.reduce(
      (sum, row, index) => sum + row.reduce((of, value, column) => (column === index ? of : of + value * value), 0),
      0,
    )
  const negligible = matrix.reduce((sum, row, index) => sum + row[index] ** 2, 0) * 1e-30
  for (let sweep = 0; sweep < sweeps && beside() > negligible; sweep += 1) {
    for (let p = 0; p < matrix.length; p += 1) {
      for (let q = p + 1; q < matrix.length; q += 1) rotate(matrix, vectors, p, q)
    }
  }
  return matrix
    .map((row, index) => {
      const vector = Float64Array.from(vectors, (values) => values[index])
      const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
      return { value: row[index], vector: largest < 0 ? vector.map((value) => -value) : vector }
    })
    .sort((one, other) => other.value - one.value)
}

/**
 * The kernel `[height, width, channels, filters]` of a `whitening` initializer. Its outputs are uncorrelated over the
 * patches of the images and have about the same variance.
 * @param images At least one, each at least as large as the kernel.
 * @param filters Even, at most twice the number of values in a patch.
 */
export function whiteningKernel(images: ScaledImages, kernel: WindowSize, filters: number): Float32Array {
  const components = eigenvectors(patchProducts(images, kernel)).slice(0, filters / 2)
  const size = kernel.height * kernel.width * images.channels
  const data = new Float32Array(size * filters)
  components.forEach(({ value, vector }, index) => {
    const deviation = Math.sqrt(value + least)
    vector.forEach((weight, place) => {
      data[place * filters + index] = weight / deviation
      data[place * filters + components.length + index] = -weight / deviation
    })
  })
  return data
}
