import type { ProblemCode } from '../words/problems.ts'
import type { RunState } from '../run/run.ts'

/** How far the run of a trial has come, as the history has it. */
export interface TrialProgress {
  /** From 0 on. */
  readonly trial: number
  readonly run: number
  readonly state: RunState
  /** Steps that it has been told to reach so far. */
  readonly goal: number
  readonly step: number
  /** What its state is explained by. */
  readonly problem: ProblemCode | null
  readonly trainingSeconds: number
  /** The accuracy that evaluations are chosen by, by the steps at which it was measured. */
  readonly accuracies: ReadonlyMap<number, number>
}

/** All trials of a sweep that have a run, by their numbers, and how many were begun: the run of one may be gone. */
export interface SweepProgress {
  readonly trials: ReadonlyMap<number, TrialProgress>
  readonly begun: number
}
