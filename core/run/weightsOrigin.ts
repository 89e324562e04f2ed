import { z } from 'zod'

/** Where weights from elsewhere came from, as a person names it. */
export const WeightsOrigin = z.strictObject({
  source: z.discriminatedUnion('kind', [
    /** The name of the file, without its folder. */
    z.strictObject({ kind: z.literal('file'), name: z.string() }),
    /** The checkpoint of a run, which may be gone since. */
    z.strictObject({ kind: z.literal('run'), run: z.int().min(1), step: z.int().min(0) }),
  ]),
  /** How many variables the network has. */
  variables: z.int().min(1),
  /** Those of them that take none of its tensors. */
  anew: z.array(z.string()),
})
export type WeightsOrigin = z.infer<typeof WeightsOrigin>
