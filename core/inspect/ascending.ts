/** Which image would excite a map or speak for a class most, as gradient ascent finds one. */
import { z } from 'zod'
import { Seed } from '../run/seed.ts'
import { LookSubject } from './looking.ts'
import { PassProgress } from './passProgress.ts'

const count = z.int().min(0)

/**
 * What is to become large: a map (of a vector, a unit), or the score of a class, its logit. Of a map it is the mean over
 * its places of what is above 0, as a ReLU would let it pass, because the mean of all of a linear filter says nothing of
 * its form. While nothing is above 0 it is the mean of all.
 */
export const AscentAim = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('map'), layer: z.string(), map: count }),
  z.strictObject({ kind: z.literal('class'), label: count }),
])
export type AscentAim = z.infer<typeof AscentAim>

/** How an ascent goes: its first image follows from the seed. */
export const AscentSettings = z.strictObject({ aim: AscentAim, seed: Seed, steps: z.int().min(1).max(1000) })
export type AscentSettings = z.infer<typeof AscentSettings>

/** The steps after which an image changes little. */
export const usualAscentSteps = 128

export const AscentQuestion = z.strictObject({ ...LookSubject.shape, ...AscentSettings.shape })
export type AscentQuestion = z.infer<typeof AscentQuestion>

/** Progress in steps, and at last what was to become large: in the first image and in the last one. */
export const AscentEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('reached'), before: z.number(), after: z.number() }),
])
export type AscentEvent = z.infer<typeof AscentEvent>
