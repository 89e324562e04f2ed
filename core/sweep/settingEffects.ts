import { RandomNumbers } from '../numbers/random.ts'
import { studentQuantile } from '../statistics/studentT.ts'
import { rankCorrelation } from './rankCorrelation.ts'
import type { SweepValue } from './sweepValue.ts'
import { type ValueGroup, valueGroups } from './valueGroups.ts'

/** A point of a sweep with its result: the mean of its runs, so that each point counts once. */
export interface MeasuredPoint {
  /** In the order of the sweep's settings. */
  readonly values: readonly SweepValue[]
  readonly result: number
}

/** The points with one value, or a range of values, of a setting. */
export interface GroupMean extends Pick<ValueGroup, 'value' | 'range'> {
  readonly count: number
  readonly mean: number
}

/** How much a setting mattered in a sweep. */
export interface SettingEffect {
  readonly setting: string
  /**
   * Share of the differences between the results that goes with this setting alone, 0 to 1: epsilon squared of a one-way
   * analysis of variance (Kelley 1935), which is 0 on average where a setting does nothing. Settings that work together
   * only show up here by what each does on average over the others.
   */
  readonly share: number
  /** Its 95 % interval by the jackknife over points (Efron & Stein 1981), cut to 0..1. */
  readonly interval: readonly [number, number]
  /** How often chance alone gives so large a share: of shuffled results, the first being the real one. */
  readonly p: number
  /** Spearman's correlation of value and result; null where values are no numbers or there is only one. */
  readonly correlation: number | null
  readonly groups: readonly GroupMean[]
}

export type SettingEffects =
  | {
      readonly kind: 'known'
      readonly points: number
      readonly few: boolean
      readonly effects: readonly SettingEffect[]
    }
  /** Fewer points than say anything. */
  | { readonly kind: 'too-few'; readonly points: number; readonly needed: number }
  /** All results are equal. */
  | { readonly kind: 'equal'; readonly points: number }

/** With fewer points nothing is said; with fewer than `fewPoints` it is said that they are few. */
const neededPoints = 6
const fewPoints = 20
const shuffles = 999

/** The F statistic of a one-way analysis of variance, and epsilon squared; null where one group or nothing is left. */
export function oneWay(groups: readonly (readonly number[])[]): { f: number; share: number } | null {
  const filled = groups.filter((group) => group.length > 0)
  const count = filled.reduce((sum, group) => sum + group.length, 0)
  const between = filled.length - 1
  const within = count - filled.length
  if (between < 1 || within < 1) return null
  const meanOf = (group: readonly number[]): number => group.reduce((sum, one) => sum + one, 0) / group.length
  const mean = meanOf(filled.flat())
  let betweenSquares = 0
  let withinSquares = 0
  for (const group of filled) {
    const own = meanOf(group)
    betweenSquares += group.length * (own - mean) ** 2
    for (const one of group) withinSquares += (one - own) ** 2
  }
  const total = betweenSquares + withinSquares
  if (total === 0) return null
  const error = withinSquares / within
  return { f: betweenSquares / between / error, share: Math.max(0, (betweenSquares - between * error) / total) }
}

function shareOf(groups: readonly ValueGroup[], results: readonly number[], without = -1): number {
  const grouped = groups.map(({ points }) => points.flatMap((point) => (point === without ? [] : [results[point]])))
  return oneWay(grouped)?.share ?? 0
}

/** The share with its standard error by the jackknife: each point left out in turn. */
function jackknife(groups: readonly ValueGroup[], results: readonly number[]): number {
  const shares = results.map((_, point) => shareOf(groups, results, point))
  const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length
  const squares = shares.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  return Math.sqrt(((shares.length - 1) / shares.length) * squares)
}

/** How often shuffled results have at least this F, by 999 shuffles that are the same each time. */
function shuffledShare(groups: readonly ValueGroup[], results: readonly number[]): number {
  const fOf = (values: readonly number[]): number =>
    oneWay(groups.map(({ points }) => points.map((point) => values[point])))?.f ?? 0
  // A hair less, so that a shuffle into the same groups counts in spite of rounding.
  const least = fOf(results) * (1 - 1e-12)
  const numbers = new RandomNumbers(0)
  let reached = 1
  for (let shuffle = 0; shuffle < shuffles; shuffle += 1) {
    const shuffled = [...results]
    for (let place = shuffled.length - 1; place > 0; place -= 1) {
      const other = numbers.below(place + 1, 'shuffle', shuffle, place)
      const kept = shuffled[place]
      shuffled[place] = shuffled[other]
      shuffled[other] = kept
    }
    if (fOf(shuffled) >= least) reached += 1
  }
  return reached / (shuffles + 1)
}

function effectOf(setting: string, values: readonly SweepValue[], results: readonly number[]): SettingEffect {
  const groups = valueGroups(values)
  const share = shareOf(groups, results)
  const reach = studentQuantile(0.975, results.length - 1) * jackknife(groups, results)
  const numbers = values.filter((value) => typeof value === 'number')
  return {
    setting,
    share,
    interval: [Math.max(0, share - reach), Math.min(1, share + reach)],
    p: shuffledShare(groups, results),
    correlation: numbers.length === values.length ? rankCorrelation(numbers, results) : null,
    groups: groups.map(({ value, range, points }) => ({
      value,
      range,
      count: points.length,
      mean: points.reduce((sum, point) => sum + results[point], 0) / points.length,
    })),
  }
}

/**
 * How much each setting of a sweep mattered, the largest share first.
 * @param settings Names, in the order of the points' values.
 */
export function settingEffects(settings: readonly string[], points: readonly MeasuredPoint[]): SettingEffects {
  if (points.length < neededPoints) return { kind: 'too-few', points: points.length, needed: neededPoints }
  const results = points.map(({ result }) => result)
  if (results.every((result) => result === results[0])) return { kind: 'equal', points: points.length }
  const effects = settings.map((setting, index) =>
    effectOf(
      setting,
      points.map(({ values }) => values[index]),
      results,
    ),
  )
  return {
    kind: 'known',
    points: points.length,
    few: points.length < fewPoints,
    effects: effects.sort((one, other) => other.share - one.share),
  }
}
