import type { TrainOrder } from '../../core/contract/engineContract.ts'
import { chosenAccuracy, type RunDetail } from '../../core/run/run.ts'

/** Steps between two checkpoints that are written only for safety. */
export const checkpointEvery = 1000

/** The files of a run, and the checkpoint it continues from; null begins at step 0, for a branch at its checkpoint. */
export type RunFiles = Pick<TrainOrder, 'dataFolder' | 'checkpointFolder' | 'from' | 'branchPoint'>

/**
 * The engine's order for a run that begins or continues.
 * @param healthEvery Steps from one measurement of health to the next; 0: none is made.
 */
export function trainOrderFor(run: RunDetail, files: RunFiles, healthEvery: number): TrainOrder {
  return {
    run: run.id,
    config: run.config,
    ...files,
    // The bits depend on it, so a run keeps the number it began with.
    threads: run.stretches.at(0)?.engine.threads ?? null,
    evaluated: files.from !== null && run.last?.step === run.checkpointStep,
    goal: run.goal,
    evaluateEvery: run.evaluateEvery,
    checkpointEvery,
    healthEvery,
    bestAccuracy: run.best === null ? null : chosenAccuracy(run.best),
    patience: run.patience,
    evaluationsSinceBest: run.evaluationsSinceBest,
    pauseAfter: null,
  }
}
