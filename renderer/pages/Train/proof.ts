import type { ProofEvent, ProofRequest } from '../../../core/run/resumeProof.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import { fittedToSteps } from '../../../core/run/timeBudget.ts'

/** Few enough to be waited for, and enough for a bit that is lost to show. */
const steps = 60
const breakAt = 23

/** The proof for a run: its own settings over a few steps, paused in the middle. */
export function proofOf({ preset, config, goal, evaluateEvery }: RunSummary): ProofRequest {
  const request = fittedToSteps({ preset, config, goal, evaluateEvery, patience: null }, steps)
  return { request: { ...request, evaluateEvery: steps }, breakAt, by: 'pause' }
}

type Progress = Extract<ProofEvent, { kind: 'progress' }>

/** How much of a proof is done, 0 to 1: both ways are as long as each other. */
export function proofShare({ part, step, goal }: Progress): number {
  return (part === 'unbroken' ? step : goal + step) / (2 * goal)
}
