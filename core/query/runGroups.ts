import { z } from 'zod'
import { meanOf, varianceOf } from '../statistics/sample.ts'
import { RunId } from '../run/run.ts'
import { CellValue, Column } from './column.ts'
import { compareCells, comparable } from './order.ts'
import { Shelf, valueIn, Where, type SettingReader } from './runPage.ts'
import { RunFacts } from './runFacts.ts'

/** Runs put together that are equal in a column; `repeats` puts those together that differ in their seed alone. */
export const GroupsQuestion = z.strictObject({
  where: Where,
  shelf: Shelf,
  by: Column,
  /** How many numbers of runs are told of each group, at most. */
  runs: z.int().min(0).max(500),
})
export type GroupsQuestion = z.infer<typeof GroupsQuestion>

/** Accuracies of a group. */
export const GroupMean = z.strictObject({
  /** Runs that have one. */
  count: z.int().min(1),
  mean: z.number(),
  /** Sample standard deviation; null for a single value. */
  deviation: z.number().nullable(),
})
export type GroupMean = z.infer<typeof GroupMean>

/** What runs have in common that differ in their seed alone. */
export const RepeatedSettings = z.strictObject({
  ...RunFacts.pick({ set: true, preset: true, network: true, optimizer: true, schedule: true, rate: true, batch: true })
    .shape,
  /** Null where they are to reach different ones. */
  steps: RunFacts.shape.steps.nullable(),
  /** How many different seeds they have. */
  seeds: z.int().min(1),
  /** The newest of them. */
  newest: RunId,
})
export type RepeatedSettings = z.infer<typeof RepeatedSettings>

export const RunGroup = z.strictObject({
  /** What its runs have in the column; null where they have nothing there. */
  value: CellValue,
  count: z.int().min(1),
  /** Null where no run of the group has been evaluated. */
  best: GroupMean.nullable(),
  last: GroupMean.nullable(),
  /** The newest runs of the group. */
  runs: z.array(RunId),
  /** Of repeats; null in groups by any other column. */
  repeated: RepeatedSettings.nullable(),
})
export type RunGroup = z.infer<typeof RunGroup>

/** How many groups are told at most. */
export const mostGroups = 1000

export const RunGroups = z.strictObject({
  /** Runs on the shelf, how many of them the search finds, and how many groups these make. */
  total: z.int().min(0),
  matched: z.int().min(0),
  count: z.int().min(0),
  /** The first of them by their value, repeats by their newest run; groups without a value are last. */
  groups: z.array(RunGroup),
})
export type RunGroups = z.infer<typeof RunGroups>

function meanIn(runs: readonly RunFacts[], which: 'best' | 'last'): GroupMean | null {
  const values = runs.map((facts) => facts[which]?.accuracy).filter((value) => value !== undefined)
  if (values.length === 0) return null
  return {
    count: values.length,
    mean: meanOf(values),
    deviation: values.length === 1 ? null : Math.sqrt(varianceOf(values)),
  }
}

/** @param runs that differ in their seed alone, at least one, by ascending number */
function repeatedSettings(runs: readonly RunFacts[]): RepeatedSettings {
  const { id, set, preset, network, optimizer, schedule, rate, batch, steps } = runs[runs.length - 1]
  return {
    ...{ set, preset, network, optimizer, schedule, rate, batch },
    steps: runs.every((run) => run.steps === steps) ? steps : null,
    seeds: new Set(runs.map(({ seed }) => seed)).size,
    newest: id,
  }
}

/**
 * Groups of runs.
 * @param runs by ascending number
 */
export function groupsOf(
  runs: readonly RunFacts[],
  { by, runs: most }: Pick<GroupsQuestion, 'by' | 'runs'>,
  settingOf: SettingReader,
): Pick<RunGroups, 'count' | 'groups'> {
  const groups = new Map<RunGroup['value'], RunFacts[]>()
  for (const facts of runs) {
    const value = valueIn(by, facts, settingOf)
    const group = groups.get(value)
    if (group === undefined) groups.set(value, [facts])
    else group.push(facts)
  }
  const ordered = [...groups].sort(
    by === 'repeats'
      ? // What they have in common is a hash, whose order says nothing: the newest come first.
        ([, one], [, other]) => (other.at(-1)?.id ?? 0) - (one.at(-1)?.id ?? 0)
      : ([one], [other]) => compareCells(comparable(one), comparable(other), false),
  )
  return {
    count: ordered.length,
    groups: ordered.slice(0, mostGroups).map(([value, members]) => ({
      value,
      count: members.length,
      best: meanIn(members, 'best'),
      last: meanIn(members, 'last'),
      runs:
        most === 0
          ? []
          : members
              .slice(-most)
              .map(({ id }) => id)
              .reverse(),
      repeated: by === 'repeats' ? repeatedSettings(members) : null,
    })),
  }
}
