import type { Amounts } from './timeEstimate.ts'

/** Some work, and how long it took. */
export interface TimedWork {
  readonly amounts: Amounts
  readonly seconds: number
}

/** Times shorter than this are not told apart from nothing. */
const shortest = 2e-5

/** Passes over the costs of a form. They are few, so this is many more than are needed. */
const passes = 3000

/** Fits with weights that follow from the fit before. */
const reweightings = 15

/**
 * Costs, none of them negative, with the least squares of `weights * (rows * costs - seconds)`: coordinate descent with
 * a floor of 0 (Franc, Hlavac & Navara 2005, "Sequential coordinate-wise algorithm for the non-negative least squares
 * problem").
 */
function leastSquares(
  rows: readonly (readonly number[])[],
  seconds: readonly number[],
  weights: readonly number[],
): number[] {
  const weighted = rows.map((row, index) => row.map((amount) => amount * weights[index]))
  const [{ length: width }] = rows
  const squares = Array.from({ length: width }, (_, column) =>
    weighted.reduce((sum, row) => sum + row[column] * row[column], 0),
  )
  const costs = Array<number>(width).fill(0)
  const rest = seconds.map((value, index) => value * weights[index])
  for (let pass = 0; pass < passes; pass += 1) {
    for (let column = 0; column < width; column += 1) {
      if (squares[column] === 0) continue
      const along = weighted.reduce((sum, row, index) => sum + row[column] * rest[index], 0)
      const moved = Math.max(0, costs[column] + along / squares[column])
      const change = moved - costs[column]
      costs[column] = moved
      weighted.forEach((row, index) => (rest[index] -= change * row[column]))
    }
  }
  return costs
}

/**
 * The weight with which a squared difference has the slope of the squared logarithm of the ratio, at an estimate. With it
 * twice too much and half too little count the same.
 */
function ratioWeight(estimated: number, seconds: number): number {
  const difference = estimated - seconds
  if (Math.abs(difference) < 1e-6 * seconds) return 1 / estimated
  return Math.sqrt(Math.log(estimated / seconds) / (estimated * difference))
}

/** The costs of one form. */
function fitForm(names: readonly string[], works: readonly TimedWork[]): [string, number][] {
  const raw = works.map(({ amounts }) => names.map((name) => amounts.get(name) ?? 0))
  // Amounts are counts from 1 to billions; each name's largest becomes 1.
  const largest = names.map((_, column) => Math.max(...raw.map((row) => row[column]), Number.MIN_VALUE))
  const rows = raw.map((row) => row.map((amount, column) => amount / largest[column]))
  const seconds = works.map((work) => Math.max(shortest, work.seconds))
  let costs: readonly number[] = []
  let weights = seconds.map((value) => 1 / value)
  for (let fit = 0; fit < reweightings; fit += 1) {
    costs = leastSquares(rows, seconds, weights)
    weights = rows.map((row, index) => {
      const estimated = Math.max(
        shortest,
        row.reduce((sum, amount, column) => sum + amount * costs[column], 0),
      )
      return ratioWeight(estimated, seconds[index])
    })
  }
  return names.map((name, column) => [name, costs[column] / largest[column]])
}

/**
 * The costs with which the amounts of work come closest to the measured times, by ratio and not by difference. Each
 * form of layer, the part of a name before `/`, is fitted by itself.
 * @returns seconds for each unit, by name; none is negative.
 */
export function fittedCosts(works: readonly TimedWork[]): Record<string, number> {
  const forms = new Map<string, TimedWork[]>()
  for (const work of works) {
    const [name] = work.amounts.keys()
    const form = name.slice(0, name.indexOf('/'))
    forms.set(form, [...(forms.get(form) ?? []), work])
  }
  return Object.fromEntries(
    [...forms.values()].flatMap((some) =>
      fitForm([...new Set(some.flatMap(({ amounts }) => [...amounts.keys()]))], some),
    ),
  )
}
