import type { ProofEvent, ProofRequest } from '../../../core/run/resumeProof.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import { fittedToSteps } from '../../../core/run/timeBudget.ts'

/** Few enough steps to wait for, and enough to reveal a lost bit. */
const steps = 60
const breakAt = 23

/** The proof for a run: its own settings over a few steps, paused in the middle. */
export function proofOf({ preset, config, goal, evaluateEvery }: RunSummary): ProofRequest {
  const request = fittedToSteps({ preset, config, goal, evaluateEvery, patience: null }, steps)
  return { request: { ...request, evaluateEvery: steps }, breakAt, by: 'pause' }
}

type Progress = Extract<ProofEvent, { kind: 'progress' }>

/** The share of a proof that is done, 0 to 1. The unbroken and the interrupted run are equally long. */
export function proofShare({ part, step, goal }: Progress): number {
  return (part === 'unbroken' ? step : goal + step) / (2 * goal)
}
