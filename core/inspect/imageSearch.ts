import { z } from 'zod'
import type { ImageSearch } from './looking.ts'
import { PassProgress } from './passProgress.ts'

/** What a search tells: its progress where answers must be computed, and at last the image, or null for none. */
export const SearchEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('found'), number: z.int().min(0).nullable() }),
])
export type SearchEvent = z.infer<typeof SearchEvent>

/**
 * The images of a list that a search looks at, in its order: those at or after `from`, then the ones before; only those
 * of the class where one is named.
 * @param labels Of the images of the list.
 */
export function searchOrder(labels: Uint16Array, { from, label }: Pick<ImageSearch, 'from' | 'label'>): Uint32Array {
  const begin = Math.min(from, labels.length)
  return Uint32Array.from(labels, (_, place) => (begin + place) % labels.length).filter(
    (number) => label === null || labels[number] === label,
  )
}
