import { z } from 'zod'
import { Phrase } from '../words/phrases.ts'

/** How many paths of each reason are named. */
export const namedPaths = 3

/**
 * Files, folders or links that were not taken into a set for one reason: how many, and the first by path. They have not
 * been decoded: a picture that fails to decode is a `BrokenImage`.
 */
export const LeftOut = z.strictObject({
  why: Phrase,
  count: z.int().min(1),
  first: z.array(z.string()).min(1).max(namedPaths),
})
export type LeftOut = z.infer<typeof LeftOut>

/** The named paths, with a mark where there are more. */
export function leftOutNames({ count, first }: LeftOut): string {
  return [...first, ...(count > first.length ? ['…'] : [])].join(', ')
}
