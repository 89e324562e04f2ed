import { z } from 'zod'
import { saying } from '../words/issuePhrase.ts'
import { phrase } from '../words/phrases.ts'

export const LearningRate = z.number().positive().max(100)
/** A number of steps, no longer than the longest run. */
export const Steps = z.int().min(1).max(10_000_000)

const common = {
  /** The largest rate: what the schedule begins with, or for `one-cycle` rises to. */
  learningRate: LearningRate,
  /**
   * The first `steps` rise in a straight line from `startFactor` times the rate with which the schedule then begins to
   * that rate. They are part of the schedule's length.
   */
  warmUp: z.strictObject({ steps: Steps, startFactor: z.number().positive().max(1) }).nullable(),
}

/** Length of the schedule, its warm-up included; past it the last rate is held. */
const length = { steps: Steps }

export const ConstantSchedule = z.strictObject({ kind: z.literal('constant'), ...common })

/** Multiplies the rate by `factor` after every `every` steps. */
export const StepSchedule = z.strictObject({
  kind: z.literal('step'),
  ...common,
  ...length,
  every: Steps,
  factor: z.number().positive().max(1),
})

/** Falls along half a cosine towards `endLearningRate` (Loshchilov & Hutter 2017, one period). */
export const CosineSchedule = z.strictObject({
  kind: z.literal('cosine'),
  ...common,
  ...length,
  endLearningRate: z.number().min(0).max(100),
})

/** Rises to the rate and falls far below it, along half cosines (Smith & Topin 2018), as PyTorch's `OneCycleLR`. */
export const OneCycleSchedule = z.strictObject({
  kind: z.literal('one-cycle'),
  ...common,
  ...length,
  /** Share of the steps in which the rate rises. */
  riseShare: z.number().min(0).lt(1),
  /** The first rate is the largest divided by this. */
  startDivisor: z.number().min(1).max(1e6),
  /** The last rate is the first divided by this. */
  endDivisor: z.number().min(1).max(1e9),
  /**
   * Momentum (Adam's beta1) moves against the rate: `max` at both ends, `min` where the rate is largest. Null leaves
   * the optimizer's.
   */
  momentum: z
    .strictObject({ min: z.number().min(0).lt(1), max: z.number().min(0).lt(1) })
    .refine((range) => range.min <= range.max, saying(phrase('ends-swapped', {})))
    .nullable(),
})
export type OneCycleSchedule = z.infer<typeof OneCycleSchedule>

/** The learning rate as a function of the step. */
export const Schedule = z
  .discriminatedUnion('kind', [ConstantSchedule, StepSchedule, CosineSchedule, OneCycleSchedule])
  .refine(
    (schedule) => schedule.kind === 'constant' || schedule.warmUp === null || schedule.warmUp.steps < schedule.steps,
    saying(phrase('warm-up-whole-schedule', {})),
  )
  .refine(
    (schedule) => schedule.kind !== 'cosine' || schedule.endLearningRate <= schedule.learningRate,
    saying(phrase('cosine-rises', {})),
  )
export type Schedule = z.infer<typeof Schedule>

/** What a schedule gives for one step. */
export interface Pace {
  readonly learningRate: number
  /** Null: the optimizer's own. */
  readonly momentum: number | null
}

/** From `start` to `end` along half a cosine; `share` is 0 to 1. */
function alongCosine(start: number, end: number, share: number): number {
  return end + ((start - end) / 2) * (Math.cos(Math.PI * share) + 1)
}

/**
 * PyTorch's `OneCycleLR(max_lr, total_steps, pct_start, anneal_strategy='cos', div_factor, final_div_factor,
 * three_phase=False)`: the rate rises until step riseShare * length - 1, counted from 0, which may lie between two
 * steps, and falls from there to the last one.
 */
function oneCycle(schedule: OneCycleSchedule, index: number, steps: number): Pace {
  const { learningRate, riseShare, startDivisor, endDivisor, momentum } = schedule
  const first = learningRate / startDivisor
  const top = riseShare * steps - 1
  const last = steps - 1
  const rising = top > 0 && index <= top
  const share = rising ? index / top : last > top ? (index - top) / (last - top) : 1
  const between = (end: number, peak: number, otherEnd: number): number =>
    rising ? alongCosine(end, peak, share) : alongCosine(peak, otherEnd, share)
  return {
    learningRate: between(first, learningRate, first / endDivisor),
    momentum: momentum === null ? null : between(momentum.max, momentum.min, momentum.max),
  }
}

/** The schedule without its warm-up, at a step counted from 0 after it. */
function afterWarmUp(schedule: Schedule, index: number): Pace {
  switch (schedule.kind) {
    case 'constant':
      return { learningRate: schedule.learningRate, momentum: null }
    case 'step':
      return {
        learningRate: schedule.learningRate * schedule.factor ** Math.floor(index / schedule.every),
        momentum: null,
      }
    case 'cosine':
      return {
        learningRate: alongCosine(schedule.learningRate, schedule.endLearningRate, index / stepsAfterWarmUp(schedule)),
        momentum: null,
      }
    case 'one-cycle':
      return oneCycle(schedule, index, stepsAfterWarmUp(schedule))
  }
}

/**
 * The learning rate at which a run to this step goes on past the end of its schedule, and the last step of the
 * schedule; null where the schedule is as long as the run, or has no end.
 */
export function heldRate(schedule: Schedule, goal: number): { learningRate: number; from: number } | null {
  if (schedule.kind === 'constant' || goal <= schedule.steps) return null
  return { learningRate: paceAt(schedule, schedule.steps).learningRate, from: schedule.steps }
}

function stepsAfterWarmUp(schedule: Exclude<Schedule, { kind: 'constant' }>): number {
  return schedule.steps - (schedule.warmUp?.steps ?? 0)
}

/**
 * Learning rate and momentum of a step. With i the step counted from 0 after the warm-up and n the steps of the
 * schedule after it:
 *
 * | kind | rate | PyTorch 2.13 |
 * | --- | --- | --- |
 * | constant | rate | `ConstantLR(factor=1)` |
 * | step | rate * factor^floor(i / every) | `StepLR` |
 * | cosine | end + (rate - end) / 2 * (1 + cos(pi * i / n)) | `CosineAnnealingLR(T_max=n)` |
 * | one-cycle | half cosines: rate / startDivisor, rate, rate / startDivisor / endDivisor | `OneCycleLR` |
 *
 * Warm-up step j of w, counted from 0, takes startFactor + (1 - startFactor) * j / w of the first rate after it:
 * `LinearLR` in a `SequentialLR`. Past its length a schedule holds what it gave for its last step.
 * @param step From 1 on.
 */
export function paceAt(schedule: Schedule, step: number): Pace {
  const index = (schedule.kind === 'constant' ? step : Math.min(step, schedule.steps)) - 1
  const { warmUp } = schedule
  if (warmUp === null) return afterWarmUp(schedule, index)
  if (index >= warmUp.steps) return afterWarmUp(schedule, index - warmUp.steps)
  const { learningRate, momentum } = afterWarmUp(schedule, 0)
  return {
    learningRate: learningRate * (warmUp.startFactor + ((1 - warmUp.startFactor) * index) / warmUp.steps),
    momentum,
  }
}
