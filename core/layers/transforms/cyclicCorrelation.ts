import type { CorrelationMatrices } from './correlationMatrices.ts'

/**
 * Length of the circle that an axis with zeros around it is laid on: the end of the kernel that reaches past one end of
 * the axis must not reach its other end.
 */
export function circleOf(length: number, kernel: number): number {
  return length + Math.floor(kernel / 2)
}

/** Products of single numbers for an axis: one for each real frequency of the circle, three for each complex one. */
export function productsOf(length: number, kernel: number): number {
  const circle = circleOf(length, kernel)
  const real = circle % 2 === 0 ? 2 : 1
  return real + (3 * (circle - real)) / 2
}

/**
 * The correlation of an axis with a kernel, step 1 and padding `same` (`floor((kernel - 1) / 2)` zeros before), through
 * the frequencies of a circle: Cooley and Tukey's way of multiplying polynomials, with the three products of Gauss for
 * each complex one (Blahut 2010, Fast Algorithms for Signal Processing, chapters 1 and 3). All entries are at most the
 * square root of 2, so that rounding errors stay those of a sum.
 * @param length Entries of the axis, at least 1.
 * @param kernel Entries of the kernel, 1 to `length`.
 */
export function correlationMatrices(length: number, kernel: number): CorrelationMatrices {
  const circle = circleOf(length, kernel)
  const before = Math.floor((kernel - 1) / 2)
  const places = Array.from({ length }, (_, place) => place)
  const offsets = Array.from({ length: kernel }, (_, index) => index - before)
  const input: number[][] = []
  const weight: number[][] = []
  const columns: number[][] = []
  for (let frequency = 0; 2 * frequency <= circle; frequency++) {
    const angle = (2 * Math.PI * frequency) / circle
    const cosines = places.map((place) => Math.cos(angle * place))
    const sines = places.map((place) => Math.sin(angle * place))
    const weightCosines = offsets.map((offset) => Math.cos(angle * offset))
    const weightSines = offsets.map((offset) => Math.sin(angle * offset))
    if (frequency === 0 || 2 * frequency === circle) {
      input.push(cosines)
      weight.push(weightCosines)
      columns.push(cosines.map((cosine) => cosine / circle))
      continue
    }
    // (a + ib)(c + id) with a + ib = sum of x (cos - i sin) and c + id = sum of w (cos + i sin):
    // p = c (a + b), q = a (d - c), r = b (c + d) give the real part p - r and the imaginary part p + q.
    input.push(
      cosines.map((cosine, place) => cosine - sines[place]),
      cosines,
      sines.map((sine) => -sine),
    )
    weight.push(
      weightCosines,
      weightSines.map((sine, index) => sine - weightCosines[index]),
      weightSines.map((sine, index) => sine + weightCosines[index]),
    )
    columns.push(
      cosines.map((cosine, place) => (2 * (cosine - sines[place])) / circle),
      sines.map((sine) => (-2 * sine) / circle),
      cosines.map((cosine) => (-2 * cosine) / circle),
    )
  }
  return { input, weight, output: places.map((place) => columns.map((column) => column[place])) }
}
