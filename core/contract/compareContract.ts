import { oc } from '@orpc/contract'
import { CommonEvaluations, RunPair } from '../compare/commonEvaluations.ts'
import { ComparisonOfRuns, RunsComparison } from '../compare/comparison.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** Runs side by side. */
export const compareContract = {
  /** What is unfair about comparing them, their accuracy after equal training, and their repeats. */
  runs: call.input(ComparisonOfRuns).output(RunsComparison),
  /** The accuracies of two runs at the steps at which both were measured. */
  evaluations: call.input(RunPair).output(CommonEvaluations),
}
