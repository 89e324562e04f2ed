/** Which images excite a map most, and what is told of the search for them. */
import { z } from 'zod'
import { LookSubject } from './looking.ts'
import { PassProgress } from './passProgress.ts'

const count = z.int().min(0)

/** Images that are found for each map. */
export const mostExciting = 9

/** Layers of more maps are not searched: the answer would be too large. */
export const mostMaps = 65_536

/** A map of a layer, or a unit of a dense one, from 0 on. The images are those that the run is tested on. */
export const ExciteQuestion = z.strictObject({ ...LookSubject.shape, layer: z.string(), map: count })
export type ExciteQuestion = z.infer<typeof ExciteQuestion>

/** An image that excites a map. */
export const ExcitingImage = z.strictObject({
  /** Its place in the run's test list. */
  number: count,
  /** Index of its class. */
  label: count,
  /** The largest value of the map, and where it is; 0, 0 for a unit. */
  value: z.number(),
  y: count,
  x: count,
})
export type ExcitingImage = z.infer<typeof ExcitingImage>

/** Progress in images, and at last those that excite the map most, the most exciting one first. */
export const ExciteEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('found'), images: z.array(ExcitingImage).max(mostExciting) }),
])
export type ExciteEvent = z.infer<typeof ExciteEvent>
