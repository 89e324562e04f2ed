/** Runs that repeat each other: equal but for the seed, with one goal. */
import { z } from 'zod'
import { repeatKey } from '../run/repeats.ts'
import { RunId, type RunSummary } from '../run/run.ts'
import { fewValues, sampleOf } from '../statistics/sample.ts'
import { welchTest } from '../statistics/welch.ts'

const number = z.number()
const SentInterval = z.strictObject({ low: number, high: number })

/** Which accuracy on the test set: of the last evaluation, or of the best. */
export const GroupMeasure = z.enum(['last', 'best'])
export type GroupMeasure = z.infer<typeof GroupMeasure>

/** As core/statistics has it. */
const SentSample = z.strictObject({
  count: z.int().min(1),
  mean: number,
  deviation: number.nullable(),
  interval: SentInterval.nullable(),
})

/** Repeats: some runs, or a single one that nothing repeats. */
export const RepeatGroup = z.strictObject({
  /** All of them, ascending. */
  runs: z.array(RunId).min(1),
  /** Those that are done, which alone are counted. */
  done: z.array(RunId),
  /** Accuracy on the test set; null where none is done. */
  last: SentSample.nullable(),
  best: SentSample.nullable(),
})
export type RepeatGroup = z.infer<typeof RepeatGroup>

export const SentWelch = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tested'),
    difference: number,
    interval: SentInterval,
    t: number,
    freedom: number,
    p: z.number().min(0).max(1),
  }),
  z.strictObject({ kind: z.enum(['few', 'no-spread']) }),
])

/** Two groups compared by Welch's test: the second less the first. */
export const GroupTest = z.strictObject({
  measure: GroupMeasure,
  welch: SentWelch,
  /** Whether a group has so few runs that its spread is hardly known. */
  rough: z.boolean(),
})
export type GroupTest = z.infer<typeof GroupTest>

export const RepeatGroups = z.strictObject({
  /** By the oldest run of each. */
  groups: z.array(RepeatGroup),
  /** Where there are exactly two groups and at least one has repeats; otherwise empty. */
  tests: z.array(GroupTest),
})
export type RepeatGroups = z.infer<typeof RepeatGroups>

/** What is looked at of a run. */
export type GroupedRun = Pick<RunSummary, 'id' | 'repeats' | 'goal' | 'state' | 'last' | 'best'>

function accuracies(runs: readonly GroupedRun[], measure: GroupMeasure): number[] {
  return runs.flatMap((run) => (run.state === 'done' ? (run[measure]?.accuracy ?? []) : []))
}

/** The groups among some runs, with means, deviations, intervals and, of two, Welch's test. */
export function repeatGroups(runs: readonly GroupedRun[]): RepeatGroups {
  const byKind = Map.groupBy(
    runs.toSorted((one, other) => one.id - other.id),
    repeatKey,
  )
  const members = [...byKind.values()]
  const groups = members.map((group): RepeatGroup => {
    const sample = (measure: GroupMeasure): RepeatGroup['last'] => {
      const values = accuracies(group, measure)
      return values.length === 0 ? null : sampleOf(values)
    }
    return {
      runs: group.map(({ id }) => id),
      done: group.filter(({ state }) => state === 'done').map(({ id }) => id),
      last: sample('last'),
      best: sample('best'),
    }
  })
  if (members.length !== 2 || members.every((group) => group.length < 2)) return { groups, tests: [] }
  const tests = GroupMeasure.options.map((measure): GroupTest => {
    const [first, second] = members.map((group) => accuracies(group, measure))
    return {
      measure,
      welch: welchTest(first, second),
      rough: Math.min(first.length, second.length) < fewValues,
    }
  })
  return { groups, tests }
}
