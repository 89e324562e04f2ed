import { erfc } from '../numbers/erf.ts'
import type { McNemar } from './errorsComparison.ts'

/** With fewer images that one alone gets right, the chi-square distribution is no good approximation. */
const fewest = 25

/** Two-sided binomial test of a share of one half: the doubled probability of at most `least` of `all`. */
function binomialP(least: number, all: number): number {
  let [term, sum] = [0.5 ** all, 0]
  for (let count = 0; count <= least; count += 1) {
    sum += term
    term *= (all - count) / (count + 1)
  }
  return Math.min(1, 2 * sum)
}

/**
 * McNemar's test (McNemar 1947) of whether two classifiers are equally often right, as statsmodels computes it: the
 * exact binomial test of fewer than 25 images that one alone gets right, otherwise chi-square with one degree of freedom
 * and Edwards's continuity correction (1948).
 */
export function mcnemar(onlyFirst: number, onlySecond: number): McNemar {
  const all = onlyFirst + onlySecond
  const least = Math.min(onlyFirst, onlySecond)
  if (all < fewest) return { kind: 'exact', statistic: least, p: binomialP(least, all) }
  const statistic = (Math.abs(onlyFirst - onlySecond) - 1) ** 2 / all
  return { kind: 'chi-square', statistic, p: erfc(Math.sqrt(statistic / 2)) }
}
