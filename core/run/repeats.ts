import { z } from 'zod'
import { limitsOf } from '../numbers/range.ts'
import { OwnOfRun, RunRequest, type RunSummary } from './run.ts'
import { Seed } from './seed.ts'

/** The most runs that are begun at once as repeats of one. */
export const mostRepeats = 100

/** Runs that differ from a request in their seed alone. */
export const Repeats = z.strictObject({
  request: RunRequest,
  count: z.int().min(1).max(mostRepeats),
  /** A folder in which each of them is written for TensorBoard into one of its own, named by its seed. */
  eventFolder: OwnOfRun.shape.eventFolder,
})
export type Repeats = z.infer<typeof Repeats>

/** How many seeds are proposed for repeats: enough for a mean with an interval that says something. */
export const usualRepeats = 5

const { max: largestSeed } = limitsOf(Seed)

/** What runs that repeat each other have in common: all but the seed, and the goal. */
export function repeatKey({ repeats, goal }: Pick<RunSummary, 'repeats' | 'goal'>): string {
  return `${repeats} ${goal}`
}

/** The same request with another seed: a repeat. */
export function withSeed(request: RunRequest, seed: number): RunRequest {
  return { ...request, config: { ...request.config, seed } }
}

/**
 * Seeds that have not been used: the smallest from `first` on. After the largest seed it goes on at 0.
 * @param used Seeds with which runs of these settings were begun, whatever became of them.
 */
export function freshSeeds(first: number, count: number, used: ReadonlySet<number>): number[] {
  const seeds: number[] = []
  for (let seed = first; seeds.length < count; seed = seed === largestSeed ? 0 : seed + 1)
    if (!used.has(seed)) seeds.push(seed)
  return seeds
}

/**
 * The request that begins a run anew, exactly as it was begun, but for its goal: that is the present one.
 * @param healthEvery As the request of the run had it; undefined where it left that open.
 */
export function requestOfRun(
  { preset, network, config, goal, evaluateEvery, patience }: RunSummary,
  healthEvery: number | undefined,
): RunRequest {
  return {
    preset,
    ...(network === null ? {} : { network }),
    config,
    goal,
    evaluateEvery,
    patience,
    ...(healthEvery === undefined ? {} : { healthEvery }),
  }
}
