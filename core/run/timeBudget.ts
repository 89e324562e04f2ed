import { z } from 'zod'
import { limitsOf } from '../numbers/range.ts'
import { Goal, type RunRequest, type Schedule } from './run.ts'

/** Seconds of training for which a run can be fitted. */
export const TrainingSeconds = z.number().positive().max(10_000_000)

/** Minutes of training for which a person may ask. */
export const minutesRange = limitsOf(z.number().positive().max(100_000))

/** A schedule stretched to another number of steps; what has no length stays as it is. */
function fittedSchedule(schedule: Schedule, steps: number, ratio: number): Schedule {
  const scaled = (before: number): number => Math.max(1, Math.round(before * ratio))
  const { warmUp } = schedule
  const fitted = {
    ...schedule,
    warmUp: warmUp === null || steps === 1 ? null : { ...warmUp, steps: Math.min(steps - 1, scaled(warmUp.steps)) },
  }
  switch (fitted.kind) {
    case 'constant':
      return fitted
    case 'step':
      return { ...fitted, steps, every: scaled(fitted.every) }
    default:
      return { ...fitted, steps }
  }
}

/** A request of so many steps, and its schedule stretched or shortened as they are. */
export function fittedToSteps(request: RunRequest, goal: number): RunRequest {
  const { schedule } = request.config
  const length = schedule.kind === 'constant' ? request.goal : schedule.steps
  return { ...request, goal, config: { ...request.config, schedule: fittedSchedule(schedule, goal, goal / length) } }
}

/**
 * A request whose training takes about so many seconds: with as many steps as fit, and the schedule as long as they
 * are. The time becomes steps before step 1, so that the run is decided by its configuration alone, however fast it
 * then goes.
 * @param secondsPerStep training time, without evaluations and checkpoints
 */
export function fittedToTime(request: RunRequest, seconds: number, secondsPerStep: number): RunRequest {
  return fittedToSteps(request, Math.min(limitsOf(Goal).max, Math.max(1, Math.floor(seconds / secondsPerStep))))
}
