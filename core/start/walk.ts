import { z } from 'zod'

/** The steps of the walk through the lab, in their order. */
export const WalkStep = z.enum(['data', 'images', 'network', 'train', 'look', 'compare'])
export type WalkStep = z.infer<typeof WalkStep>

/** What the lab knows of how far a person is. The example that comes with Conv Lab counts as nobody's work. */
export interface WalkFacts {
  /** Data sets that are ready to train on. */
  readonly readySets: number
  /** Runs of the person's own that have learned something, and those of them that have ended. */
  readonly begunRuns: number
  readonly endedRuns: number
  /** The steps that the person has gone on from. */
  readonly walked: readonly WalkStep[]
}

/** Whether a step is done: by what the lab has, or where nothing is left of doing it, by having gone on from it. */
export function isWalked(step: WalkStep, { readySets, begunRuns, endedRuns, walked }: WalkFacts): boolean {
  switch (step) {
    case 'data':
      return readySets > 0
    case 'train':
      return begunRuns > 0
    case 'look':
      return begunRuns > 0 && walked.includes(step)
    case 'compare':
      return endedRuns > 1 && walked.includes(step)
    case 'images':
    case 'network':
      return walked.includes(step)
  }
}

/** The step with which to go on: the first that is not done; null when all are. */
export function nextToWalk(facts: WalkFacts): WalkStep | null {
  return WalkStep.options.find((step) => !isWalked(step, facts)) ?? null
}
