import { z } from 'zod'
import { ClusterPlace } from '../cluster/clusterPlace.ts'
import { RunId, RunState } from '../run/run.ts'
import { Problem } from '../words/problems.ts'
import { SweepValue } from './sweepValue.ts'
import { SweepId, SweepPlan } from './sweepPlan.ts'

/** `active`: its runs train one after another; `paused`: it waits for a person; the others are its end. */
export const SweepState = z.enum(['active', 'paused', 'done', 'cancelled'])
export type SweepState = z.infer<typeof SweepState>

/**
 * Why a sweep rests. Of a paused one: `person`: somebody paused it; `run`: somebody paused a run; `opened`: it was under
 * way when Conv Lab was closed or died; `trouble`: `problem` says what the next run would meet too. Of one that is done:
 * `complete`, or what of its budget is used up.
 */
export const SweepReason = z.enum(['person', 'run', 'opened', 'trouble', 'complete', 'runs', 'minutes'])
export type SweepReason = z.infer<typeof SweepReason>

/** A sweep as lists and events have it. */
export const SweepSummary = z.strictObject({
  id: SweepId,
  plan: SweepPlan,
  state: SweepState,
  reason: SweepReason.nullable(),
  problem: Problem.nullable(),
  /** Runs that it has at most. */
  runs: z.int().min(1),
  /** Runs that were begun. */
  begun: z.int().min(0),
  /** Runs that it is done with for now: at their goal, stopped or failed. */
  rested: z.int().min(0),
  /** The run of it that trains now. */
  training: RunId.nullable(),
  /** Training seconds of all its runs. */
  seconds: z.number().min(0),
  /** Steps that its runs have made. */
  steps: z.int().min(0),
  /** The run with the best accuracy so far, as RunSummary has it. */
  best: z.strictObject({ run: RunId, accuracy: z.number() }).nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** The cluster that it trains on; null: this computer. */
  cluster: ClusterPlace.nullable(),
  /** When it was deleted; null where it was not. It can be restored for as long as a run in the bin. */
  deletedAt: z.iso.datetime().nullable(),
})
export type SweepSummary = z.infer<typeof SweepSummary>

const Measured = z.strictObject({ step: z.int().min(0), accuracy: z.number(), loss: z.number() }).nullable()

/** A trial that has been begun. */
export const SweepTrial = z.strictObject({
  /** From 0 on. */
  trial: z.int().min(0),
  point: z.int().min(0),
  seed: z.int().min(0),
  /** The values of the sweep's settings, in their order. */
  values: z.array(SweepValue),
  /** Null where the run was deleted. */
  run: RunId.nullable(),
  state: RunState.nullable(),
  standing: z.enum(['training', 'waiting', 'finished', 'early', 'held', 'stopped', 'failed', 'gone']),
  problem: Problem.nullable(),
  /** From 0 on, with its steps; `place` of its point among `among` that have been through it, 1 for the best. */
  rung: z.int().min(0),
  rungSteps: z.int().min(1),
  place: z.int().min(1).nullable(),
  among: z.int().min(0),
  step: z.int().min(0),
  goal: z.int().min(0),
  /** Training seconds. */
  seconds: z.number().min(0),
  /** On the validation images where some are held out, otherwise on the test set. */
  best: Measured,
  last: Measured,
  /** The accuracy after the steps of the first rung, at which all trials can be compared. */
  firstRung: z.number().nullable(),
})
export type SweepTrial = z.infer<typeof SweepTrial>

export const SweepDetail = z.strictObject({ sweep: SweepSummary, trials: z.array(SweepTrial) })
export type SweepDetail = z.infer<typeof SweepDetail>
