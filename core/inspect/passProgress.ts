import { z } from 'zod'

const count = z.int().min(0)

/** How far something is that takes long: of so many images or steps, at how many of them a second. */
export const PassProgress = z.strictObject({
  kind: z.literal('progress'),
  done: count,
  total: count,
  perSecond: z.number().min(0),
})
export type PassProgress = z.infer<typeof PassProgress>
