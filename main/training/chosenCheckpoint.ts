import type { Checkpoint, CheckpointChoice } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import type { History } from '../history/history.ts'

/**
 * The checkpoint of a run that is meant.
 * @throws LabError `run-unknown`, `checkpoint-unknown`, or `best-unknown` for the best one of a run without evaluations.
 */
export function chosenCheckpoint(history: History, run: number, choice: CheckpointChoice): Checkpoint {
  if (typeof choice === 'number') return history.checkpoint(run, choice)
  if (choice === 'last') return history.newestCheckpoint(run) ?? history.checkpoint(run, 0)
  const { best } = history.run(run)
  return best === null ? refuse('best-unknown', { run }) : history.checkpoint(run, best.step)
}
