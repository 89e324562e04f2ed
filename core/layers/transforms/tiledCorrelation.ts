import type { CorrelationMatrices } from './correlationMatrices.ts'

/**
 * Where the polynomials of a tile are evaluated, besides at infinity: small numbers whose powers stay small, the
 * simplest first.
 */
const points = [0, 1, -1, 2, -2, 1 / 2, -1 / 2]

/** Products of the largest tile; with more points rounding errors grow tenfold with each pair. */
const largestTile = points.length + 1

/** Whether a kernel of so many entries fits into a tile that takes less than the sum by its definition. */
export function canTile(kernel: number): boolean {
  return kernel >= 2 && kernel < largestTile
}

/**
 * Entries of the axis that each tile gives: as few tiles as there can be, and as even as they can be, since smaller
 * ones are more exact.
 */
function tilesOf(length: number, kernel: number): number[] {
  const count = Math.ceil(length / (largestTile - kernel + 1))
  return Array.from({ length: count }, (_, tile) => Math.floor(length / count) + (tile < length % count ? 1 : 0))
}

/** Products of single numbers for an axis: those of each tile are its entries and those of the kernel, less one. */
export function productsOf(length: number, kernel: number): number {
  return tilesOf(length, kernel).reduce((sum, entries) => sum + entries + kernel - 1, 0)
}

/** Coefficients, from the constant on, of the product of (x - root) of all roots. */
function polynomial(roots: readonly number[]): number[] {
  return roots.reduce<number[]>(
    (product, root) => [...product, 0].map((_, power) => (product[power - 1] ?? 0) - root * (product[power] ?? 0)),
    [1],
  )
}

/** Powers 0 to `count` - 1 of a point; at infinity the highest alone counts. */
function powers(point: number, count: number): number[] {
  return Array.from({ length: count }, (_, power) =>
    point === Infinity ? Number(power === count - 1) : point ** power,
  )
}

/**
 * One tile: `entries` of the correlation from the `entries + kernel - 1` of the input that they see. Toom and Cook's
 * way to multiply polynomials, transposed (Winograd 1980, Arithmetic Complexity of Computations; Lavin and Gray 2016,
 * "Fast Algorithms for Convolutional Neural Networks", with these points).
 */
function tileMatrices(entries: number, kernel: number): CorrelationMatrices {
  const products = entries + kernel - 1
  const finite = points.slice(0, products - 1)
  const all = [...finite, Infinity]
  // Lagrange's polynomial of a point is the product of (x - other) over that of (point - other): the first goes to the
  // input, whose entries then stay whole or simple, the second to the kernel.
  const others = (point: number): number[] => finite.filter((other) => other !== point)
  const divisor = (point: number): number =>
    point === Infinity ? 1 : others(point).reduce((product, other) => product * (point - other), 1)
  return {
    input: all.map((point) => {
      const coefficients = polynomial(others(point))
      return Array.from({ length: products }, (_, power) => coefficients[power] ?? 0)
    }),
    weight: all.map((point) => powers(point, kernel).map((power) => power / divisor(point))),
    output: Array.from({ length: entries }, (_, entry) => all.map((point) => powers(point, entries)[entry])),
  }
}

/**
 * The correlation of an axis with a kernel, step 1 and padding `same` (`floor((kernel - 1) / 2)` zeros before), tile by
 * tile. For short kernels, where it takes fewer products than the circle of `cyclicCorrelation.ts`: 16 instead
 * of 19 for 12 entries and a kernel of 3. Entries of up to 5 and of different size cost a digit or more: an error of
 * about 1e-5 of the largest value in float32 for both axes together.
 * @param length Entries of the axis, at least 1.
 * @param kernel Entries of the kernel, for which `canTile` holds.
 */
export function correlationMatrices(length: number, kernel: number): CorrelationMatrices {
  const before = Math.floor((kernel - 1) / 2)
  const input: number[][] = []
  const weight: (readonly number[])[] = []
  const output: number[][] = []
  const all = productsOf(length, kernel)
  for (const entries of tilesOf(length, kernel)) {
    const tile = tileMatrices(entries, kernel)
    const start = output.length - before
    const done = weight.length
    // What a tile sees beyond the ends of the axis is zero.
    input.push(...tile.input.map((row) => Array.from({ length }, (_, place) => row[place - start] ?? 0)))
    weight.push(...tile.weight)
    output.push(...tile.output.map((row) => Array.from({ length: all }, (_, product) => row[product - done] ?? 0)))
  }
  return { input, weight, output }
}
