import { z } from 'zod'
import { Goal, RunRequest } from '../run/run.ts'
import { Seed } from '../run/seed.ts'
import { saying } from '../words/issuePhrase.ts'
import { phrase } from '../words/phrases.ts'
import { SweepValue } from './sweepValue.ts'

/** Number of a sweep in its history. */
export const SweepId = z.int().min(1)

/** The most values of one setting, and the most settings, of a sweep. */
const mostValues = 1000
const mostAxes = 12

/** The most runs of a sweep. More cannot be numbered apart by the random numbers that draw them. */
export const mostRuns = 1_000_000_000

/** A sweep of more runs is begun only by somebody who has said their number. */
export const unaskedRuns = 1000

/** Values that are listed one by one. */
const ListedValues = z
  .strictObject({ kind: z.literal('list'), list: z.array(SweepValue).min(1).max(mostValues) })
  .refine(({ list }) => new Set(list).size === list.length, saying(phrase('value-listed-twice', {})))

/**
 * Numbers from `from` to `to`, both included, evenly spread by their difference or by their ratio (`log`). A grid takes
 * `count` of them; with random points any of them.
 */
const RangedValues = z
  .strictObject({
    kind: z.literal('range'),
    scale: z.enum(['linear', 'log']),
    from: z.number(),
    to: z.number(),
    /** Whether only whole numbers are meant. */
    whole: z.boolean(),
    count: z.int().min(2).max(mostValues).nullable(),
  })
  .refine(({ from, to }) => from < to, saying(phrase('range-not-rising', {})))
  .refine(({ scale, from }) => scale === 'linear' || from > 0, saying(phrase('log-range-from-zero', {})))

export const SweepAxis = z.strictObject({
  /** `rate`, `batch` and so on (see `sweepSettings`), or a dotted path of the configuration. */
  setting: z.string().min(1).max(200),
  values: z.union([ListedValues, RangedValues]),
})
export type SweepAxis = z.infer<typeof SweepAxis>

/**
 * Asynchronous successive halving (Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning", algorithm
 * 2): each point first trains to `firstSteps`; the best 1 of `factor` at a rung go on to `factor` times as many steps,
 * until the goal.
 */
export const Halving = z.strictObject({ firstSteps: Goal, factor: z.int().min(2).max(10) })
export type Halving = z.infer<typeof Halving>

/**
 * Everything that decides a sweep. With it and the results so far, what comes next follows (`nextStep`), so nothing
 * else has to be stored.
 */
export const SweepPlan = z
  .strictObject({
    format: z.literal(1),
    /** The settings with which each run begins, before those of its point replace some. */
    base: RunRequest,
    /** None: all runs are equal but for the seed. */
    axes: z.array(SweepAxis).max(mostAxes),
    /** `grid`: each combination of the values, the last setting changing fastest; `random`: so many points, drawn. */
    points: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('grid') }),
      z.strictObject({ kind: z.literal('random'), count: z.int().min(1).max(mostRuns) }),
    ]),
    /** Runs of each point, equal but for the seed: that of the base and the ones after it. */
    seeds: z.int().min(1).max(1000),
    /** Draws random points. */
    seed: Seed,
    halving: Halving.nullable(),
    budget: z.strictObject({
      /** Training minutes of all runs together, after which none begins and the one that trains is stopped. */
      minutes: z.number().positive().max(10_000_000).nullable(),
      runs: z.int().min(1).max(mostRuns).nullable(),
    }),
  })
  .refine(
    ({ axes }) => new Set(axes.map(({ setting }) => setting)).size === axes.length,
    saying(phrase('setting-swept-twice', {})),
  )
  .refine(
    ({ axes, points, seeds, halving }) => axes.length > 0 || (points.kind === 'grid' && seeds > 1 && halving === null),
    saying(phrase('sweep-without-settings', {})),
  )
  .refine(
    ({ axes, points }) =>
      points.kind === 'random' || axes.every(({ values }) => values.kind === 'list' || values.count !== null),
    saying(phrase('grid-without-values', {})),
  )
  .refine(
    ({ halving, base }) => halving === null || halving.firstSteps < base.goal,
    saying(phrase('halving-too-long', {})),
  )
  .refine(
    ({ halving, axes }) => halving === null || axes.every(({ setting }) => setting !== 'steps'),
    saying(phrase('halving-sweeps-steps', {})),
  )
  .refine(
    ({ halving, base }) => halving === null || base.patience === null,
    saying(phrase('halving-with-patience', {})),
  )
export type SweepPlan = z.infer<typeof SweepPlan>
