import { z } from 'zod'
import { phrase } from '../words/phrases.ts'
import { refuse } from '../words/problems.ts'
import { limitsOf } from '../numbers/range.ts'
import { Schedule, Steps } from './schedule.ts'

/** The kinds of schedule. */
export const scheduleKinds: readonly Schedule['kind'][] = Schedule.options.map(({ shape }) => shape.kind.value)

/** What a person may enter as steps of warm-up; 0 is none. */
export const WarmUpSteps = z.int().min(0).max(limitsOf(Steps).max)

/** What a person may change of a schedule. */
export interface ScheduleChoices {
  readonly schedule?: Schedule['kind'] | undefined
  /** Steps of linear warm-up; 0 for none. */
  readonly warmUpSteps?: number | undefined
  /** A momentum that is held: then one cycle leaves it alone. */
  readonly momentum?: number | undefined
}

/** The usual schedule of a kind, for a rate and a number of steps. */
function usualSchedule(kind: Schedule['kind'], learningRate: number, steps: number): Schedule {
  const common = { learningRate, warmUp: null }
  switch (kind) {
    case 'constant':
      return { kind, ...common }
    case 'step':
      // A tenth after each third.
      return { kind, ...common, steps, every: Math.max(1, Math.ceil(steps / 3)), factor: 0.1 }
    case 'cosine':
      return { kind, ...common, steps, endLearningRate: 0 }
    case 'one-cycle':
      return { kind, ...common, steps, ...usualCycle }
  }
}

/** PyTorch's OneCycleLR as it comes, with a quarter of the steps upward. */
export const usualCycle = {
  riseShare: 0.25,
  startDivisor: 25,
  endDivisor: 1e4,
  momentum: { min: 0.85, max: 0.95 },
} as const

/** Where a warm-up begins, as a share of the rate. */
const warmUpStart = 0.1

/**
 * A schedule with a person's choices on top: one of another kind has the usual settings of that kind.
 * @throws LabError `setting-unfit` when the warm-up is as long as the schedule.
 */
export function chosenSchedule(base: Schedule, steps: number, choices: ScheduleChoices): Schedule {
  const kind = choices.schedule ?? base.kind
  const before = kind === base.kind ? base : usualSchedule(kind, base.learningRate, steps)
  const held = before.kind === 'one-cycle' && choices.momentum !== undefined ? { ...before, momentum: null } : before
  const { warmUpSteps } = choices
  if (warmUpSteps === undefined) return held
  if (warmUpSteps >= steps)
    refuse('setting-unfit', {
      setting: phrase('setting-warm-up', {}),
      detail: phrase('warm-up-too-long', { warmUp: warmUpSteps, steps }),
    })
  return { ...held, warmUp: warmUpSteps === 0 ? null : { steps: warmUpSteps, startFactor: warmUpStart } }
}
