import { isAllowed } from '../../../core/run/choices.ts'
import { hasReached, type RunSummary } from '../../../core/run/run.ts'

/** The goal to which a run that has reached its own is continued: the entered one, or twice as many steps. */
export function nextGoal({ goal }: Pick<RunSummary, 'goal'>, entered: number | null | undefined): number | null {
  return entered === undefined ? goal * 2 : entered
}

/** Whether a run can be continued to this goal. */
export function isGoalPast(run: Pick<RunSummary, 'checkpointStep' | 'last'>, goal: number | null): goal is number {
  return goal !== null && isAllowed('goal', goal) && !hasReached(run, goal)
}
