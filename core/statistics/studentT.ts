/**
 * Student's t distribution (Student 1908) for any number of degrees of freedom of 1 or more, whole or not, with all the
 * digits of a double down to probabilities of 1e-300.
 */

/** Coefficients of Γ(a + 1/2) / (Γ(a) √a) in powers of 1 / a (Tricomi & Erdélyi 1951). */
const gammaRatio = [1, -1 / 8, 1 / 128, 5 / 1024, -21 / 32_768, -399 / 262_144, 869 / 4_194_304, 39_325 / 33_554_432]

/** From here on the next term of that series is less than a double can say. */
const seriesFrom = 40

/** Γ(a + 1/2) / Γ(a), without the large logarithms in whose difference digits would be lost. */
function halfGammaRatio(a: number): number {
  let [large, shifted] = [a, 1]
  for (; large < seriesFrom; large += 1) shifted *= large / (large + 0.5)
  const series = gammaRatio.reduceRight((sum, coefficient) => sum / large + coefficient, 0)
  return shifted * Math.sqrt(large) * series
}

/**
 * The even part of the continued fraction of the incomplete beta function, as Didonato & Morris (1992, TOMS 708) write
 * it, evaluated forwards as Lentz (1976) does: I_x(a, b) is x^a y^b / B(a, b) times it. No term is a difference in which
 * digits of x or y would be lost.
 * @param x at most a / (a + b)
 * @param y 1 - x, by itself
 */
function betaFraction(x: number, y: number, a: number, b: number): number {
  const surplus = 1 + a * y - b * x
  let above = (surplus * a) / (a + 1)
  let [fraction, below] = [above, 0]
  for (let step = 1; ; step += 1) {
    const place = a + 2 * step - 1
    const weight = step * (b - step) * x
    const numerator = ((a + step - 1) * (a + b + step - 1) * weight * x) / (place * place)
    const denominator = step + weight / place + ((a + step) / (place + 2)) * (surplus + step * (1 + y))
    below = 1 / (denominator + numerator * below)
    above = denominator + numerator / above
    const factor = above * below
    fraction *= factor
    if (Math.abs(factor - 1) < 2 * Number.EPSILON) return 1 / fraction
  }
}

/** ln(1 + ratio^2), also where the square is too large for a double. */
function logOnePlusSquare(ratio: number): number {
  return ratio > 1e150 ? 2 * Math.log(ratio) : Math.log1p(ratio * ratio)
}

/** Γ((v + 1) / 2) / (Γ(v / 2) √π) * (1 + t^2 / v)^(-v / 2): what density and tail have in common. */
function commonFactor(t: number, freedom: number): number {
  const power = Math.exp((-freedom / 2) * logOnePlusSquare(t / Math.sqrt(freedom)))
  return (halfGammaRatio(freedom / 2) / Math.sqrt(Math.PI)) * power
}

function refuseUnless(sound: boolean, what: string): void {
  if (!sound) throw new RangeError(what)
}

function checkFreedom(freedom: number): void {
  refuseUnless(Number.isFinite(freedom) && freedom >= 1, `There are 1 degree of freedom or more, not ${freedom}.`)
}

/**
 * Probability of a value as far from zero as t, on either side, or farther: the regularized incomplete beta function
 * I_x(v / 2, 1 / 2) at x = v / (v + t^2) (Abramowitz & Stegun 1964, 26.7.1 with 26.5.27).
 * @param freedom degrees of freedom, 1 or more
 * @throws RangeError for fewer degrees of freedom, or where t is no number
 */
export function studentTwoSided(t: number, freedom: number): number {
  checkFreedom(freedom)
  refuseUnless(!Number.isNaN(t), 'A distance is a number.')
  const distance = Math.abs(t)
  if (distance === Infinity) return 0
  const [a, ratio] = [freedom / 2, distance / Math.sqrt(freedom)]
  const square = ratio * ratio
  // The share of t^2 in v + t^2, and the rest of it.
  const [share, rest] = [square === Infinity ? 1 : square / (1 + square), 1 / (1 + square)]
  const common = commonFactor(distance, freedom)
  const factor = common * Math.sqrt(share)
  if (rest <= a / (a + 0.5)) return Math.min(1, factor * betaFraction(rest, share, a, 0.5))
  return Math.max(0, 1 - factor * betaFraction(share, rest, 0.5, a))
}

/** How steeply the logarithm of the tail falls in the logarithm of t: t times the density at t, by the tail above it. */
function steepness(t: number, freedom: number, tail: number): number {
  return (commonFactor(t, freedom) * (t / Math.hypot(Math.sqrt(freedom), t))) / tail
}

/** A step of Newton's below this leaves an error of about its square. */
const lastStep = 1e-8

/** As a factor of t the search goes no farther in one step. */
const farthestStep = Math.log(8)

/** The value with a share of `above`, at most a half, above it. */
function valueBelow(above: number, freedom: number): number {
  if (above === 0) return Infinity
  if (above === 0.5) return 0
  // In the logarithm of t the logarithm of the tail falls ever more steeply, so Newton's steps come to it from above.
  let [logT, low, high] = [0, -Infinity, Infinity]
  for (;;) {
    const t = Math.exp(logT)
    const tail = studentTwoSided(t, freedom) / 2
    const step = Math.log(tail / above) / steepness(t, freedom, tail)
    if (Math.abs(step) < lastStep) return Math.exp(logT + step)
    if (tail > above) low = logT
    else high = logT
    // Far out the tail is less than a double can say, and the step is no number.
    const next = Math.min(logT + step, logT + farthestStep)
    logT = next > low && next < high ? next : (low + high) / 2
  }
}

/**
 * The value that lies above a share `p` of the distribution: `studentQuantile(0.975, v)` belongs to a two-sided 95 %
 * interval.
 * @param p 0 to 1; both ends are infinitely far out
 * @param freedom degrees of freedom, 1 or more
 * @throws RangeError for fewer degrees of freedom, or a share that is none
 */
export function studentQuantile(p: number, freedom: number): number {
  checkFreedom(freedom)
  refuseUnless(p >= 0 && p <= 1, `A share is between 0 and 1, not ${p}.`)
  return p < 0.5 ? -valueBelow(p, freedom) : valueBelow(1 - p, freedom)
}
