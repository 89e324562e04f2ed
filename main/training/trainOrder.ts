import type { TrainOrder } from '../../core/contract/engineContract.ts'
import { chosenAccuracy, type RunDetail } from '../../core/run/run.ts'

/** Steps between two checkpoints that are written for safety alone. */
const checkpointEvery = 1000

/** Where the files of a run are, and the checkpoint from which it goes on; null begins at step 0. */
export type RunFiles = Pick<TrainOrder, 'dataFolder' | 'checkpointFolder' | 'from'>

/** What the engine is told of a run that begins or goes on. */
export function trainOrderFor(run: RunDetail, files: RunFiles): TrainOrder {
  return {
    run: run.id,
    config: run.config,
    ...files,
    // The bits depend on it: a run keeps the number with which it began.
    threads: run.stretches.at(0)?.engine.threads ?? null,
    evaluated: files.from !== null && run.last?.step === run.checkpointStep,
    goal: run.goal,
    evaluateEvery: run.evaluateEvery,
    checkpointEvery,
    bestAccuracy: run.best === null ? null : chosenAccuracy(run.best),
    patience: run.patience,
    evaluationsSinceBest: run.evaluationsSinceBest,
    pauseAfter: null,
  }
}
