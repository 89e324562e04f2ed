import { z } from 'zod'

/** A value of a setting in a sweep. */
export const SweepValue = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type SweepValue = z.infer<typeof SweepValue>
