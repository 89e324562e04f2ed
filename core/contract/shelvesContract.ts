import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { KnownTexts } from '../query/knownValues.ts'
import { GroupsQuestion, RunGroups } from '../query/runGroups.ts'
import { PageQuestion, RunPage } from '../query/runPage.ts'
import { DiskUse, EmptyingEvent, SpaceGiven } from '../run/bin.ts'
import { MarkChanges, Tag } from '../run/marks.ts'
import { RunId, RunSummary } from '../run/run.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** Runs that something is done to at once. All of it is done, or nothing. */
const someRuns = z.array(RunId).min(1).max(100_000)

/** Finding runs among many, what a person says of them, and the bin. */
export const shelvesContract = {
  /** A piece of the table of runs. */
  page: call.input(PageQuestion).output(RunPage),
  /** The runs of a table in groups. */
  groups: call.input(GroupsQuestion).output(RunGroups),
  /** Names, tags, sets and networks that runs have, for the completion of a search. */
  known: call.output(KnownTexts),
  /** Whole summaries of those of these runs that are there and not in the bin, newest first. */
  some: call.input(z.strictObject({ runs: z.array(RunId).max(500) })).output(z.array(RunSummary)),
  /**
   * Names, notes, tags, stars or archives runs. Tags are told apart regardless of capital letters, and each has one way
   * to be written: `spelled` says which of the added ones are there already, written in another way.
   */
  mark: call
    .input(z.strictObject({ runs: someRuns, changes: MarkChanges }))
    .output(z.strictObject({ runs: z.int().min(1), spelled: z.array(z.strictObject({ given: Tag, kept: Tag })) })),
  /** Puts runs into the bin. A run that trains or is queued is refused. */
  delete: call.input(z.strictObject({ runs: someRuns })).output(z.strictObject({ runs: z.int().min(1) })),
  /** Takes runs out of the bin again. */
  restore: call.input(z.strictObject({ runs: someRuns })).output(z.strictObject({ runs: z.int().min(1) })),
  /**
   * Deletes runs of the bin for good: all of them, or these. Who stops listening ends it after the run that is being
   * deleted.
   */
  emptyBin: call.input(z.strictObject({ runs: someRuns.optional() })).output(eventIterator(EmptyingEvent)),
  /** Deletes the checkpoints of these runs but for the best and the last of each. A run that trains is refused. */
  giveBackSpace: call.input(z.strictObject({ runs: someRuns })).output(SpaceGiven),
  /** What the home folder takes of the disk, and the checkpoints of these runs. */
  diskUse: call.input(z.strictObject({ runs: z.array(RunId).max(100_000).optional() })).output(DiskUse),
}
