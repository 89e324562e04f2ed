import type { RunSummary } from './run.ts'
import { Steps } from './schedule.ts'
import { limitsOf } from '../numbers/range.ts'

/**
 * The step that a run computes next: while it trains, after the last one that is stored; at rest, after its newest
 * checkpoint. No later than the longest run has steps.
 */
export function nextStepOf({
  state,
  step,
  checkpointStep,
}: Pick<RunSummary, 'state' | 'step' | 'checkpointStep'>): number {
  const done = state === 'training' ? step : (checkpointStep ?? 0)
  return Math.min(done + 1, limitsOf(Steps).max)
}

/**
 * The step in which an image has a turn, counted from 1. Turns are numbered through all epochs, and `batch` of them make
 * a step.
 * @param turn Epoch and position in it, both from 0 on.
 * @param trained Images of an epoch.
 */
export function stepOfTurn(
  { epoch, position }: { readonly epoch: number; readonly position: number },
  trained: number,
  batch: number,
): number {
  return Math.floor((epoch * trained + position) / batch) + 1
}
