/** An eigenvalue with its eigenvector of length 1. */
export interface EigenPair {
  readonly value: number
  readonly vector: Float64Array
}

/** Sweeps over all pairs; Jacobi's method converges quadratically and takes fewer than ten. */
const mostSweeps = 60

/**
 * All eigenvalues of a real symmetric matrix with their vectors, the largest value first: Jacobi's method with cyclic
 * sweeps (Golub & Van Loan 2013, 8.5).
 * @param matrix `[size, size]`; only read.
 */
export function symmetricEigen(matrix: readonly Float64Array[]): EigenPair[] {
  const size = matrix.length
  const rest = matrix.map((row) => Float64Array.from(row))
  const vectors = rest.map((_, place) =>
    Float64Array.from({ length: size }, (_value, other) => Number(place === other)),
  )
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let turned = false
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1) {
        // What adds nothing to either neighbour on the diagonal is as good as zero.
        const off = rest[p][q]
        if (Math.abs(off) <= Number.EPSILON * 0.1 * Math.min(Math.abs(rest[p][p]), Math.abs(rest[q][q]))) continue
        turned = rotate(rest, vectors, p, q) || turned
      }
    if (!turned) break
  }
  return rest
    .map((row, place): EigenPair => ({ value: row[place], vector: vectors[place] }))
    .sort((one, other) => other.value - one.value)
}

/** Turns the plane of p and q so that their entry becomes 0. Returns whether anything changed. */
function rotate(rest: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): boolean {
  const off = rest[p][q]
  if (off === 0) return false
  const theta = (rest[q][q] - rest[p][p]) / (2 * off)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const cosine = 1 / Math.hypot(tangent, 1)
  const sine = tangent * cosine
  rest[p][p] -= tangent * off
  rest[q][q] += tangent * off
  rest[p][q] = rest[q][p] = 0
  for (let other = 0; other < rest.length; other += 1) {
    if (other !== p && other !== q) {
      const [one, two] = [rest[p][other], rest[q][other]]
      rest[p][other] = rest[other][p] = cosine * one - sine * two
      rest[q][other] = rest[other][q] = sine * one + cosine * two
    }
    const [one, two] = [vectors[p][other], vectors[q][other]]
    vectors[p][other] = cosine * one - sine * two
    vectors[q][other] = sine * one + cosine * two
  }
  return true
}
