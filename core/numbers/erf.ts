/** From here on erf differs from 1 by less than a double can say. */
const indistinguishable = 6

/**
 * The error function in double precision: `2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n + 1) / (1 * 3 * ... * (2n + 1))`,
 * whose terms all have one sign (Abramowitz & Stegun 1964, 7.1.6).
 */
export function erf(x: number): number {
  if (Math.abs(x) > indistinguishable) return Math.sign(x)
  let [term, sum] = [x, x]
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * Number.EPSILON; odd += 2) {
    term *= (2 * x * x) / odd
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

/** From here on 1 - erf(x) would lose digits. */
const farOut = 1

/**
 * 1 - erf(x) with all its digits for x of 0 or more, by its continued fraction (Abramowitz & Stegun 1964, 7.1.14),
 * evaluated backwards.
 */
export function erfc(x: number): number {
  if (x < farOut) return 1 - erf(x)
  let fraction = x
  for (let term = Math.ceil(60 + 200 / (x * x)); term >= 1; term -= 1) fraction = x + term / 2 / fraction
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction)
}
