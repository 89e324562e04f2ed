import { z } from 'zod'
import { saying } from '../words/issuePhrase.ts'
import { phrase } from '../words/phrases.ts'

/** How a pixel p of 0 to 255 enters the network: over a range, or a channel at a time as a distance from the mean. */
export const Pixels = z.discriminatedUnion('kind', [
  /** (p - min) / (max - min), the same for all channels. */
  z
    .strictObject({ kind: z.literal('range'), min: z.number(), max: z.number() })
    .refine((pixels) => pixels.max > pixels.min, saying(phrase('ends-equal-or-swapped', {}))),
  /** (p - mean) / deviation, with a number of each a channel. Colours are distorted before, on a scale of 0 to 1. */
  z
    .strictObject({
      kind: z.literal('standard'),
      mean: z.array(z.number()).min(1).max(3),
      deviation: z.array(z.number().positive()).min(1).max(3),
    })
    .refine((pixels) => pixels.mean.length === pixels.deviation.length, saying(phrase('channels-unequal', {}))),
])
export type Pixels = z.infer<typeof Pixels>

/** Mean and standard deviation of a set's training pixels, of 0 to 255, with a number of each for every channel. */
export const PixelStatistics = z
  .strictObject({
    mean: z.array(z.number()).min(1).max(3),
    deviation: z.array(z.number().positive()).min(1).max(3),
  })
  .refine(({ mean, deviation }) => mean.length === deviation.length, saying(phrase('channels-unequal', {})))
export type PixelStatistics = z.infer<typeof PixelStatistics>

/**
 * Standardised pixels for a data set: by its own statistics where they are known, otherwise by the middle of the scale.
 */
export function standardPixels({
  image: { channels },
  pixelStatistics,
}: {
  readonly image: { readonly channels: number }
  readonly pixelStatistics?: PixelStatistics | null | undefined
}): Pixels {
  const { mean, deviation } = pixelStatistics ?? {
    mean: Array<number>(channels).fill(127.5),
    deviation: Array<number>(channels).fill(63.75),
  }
  return { kind: 'standard', mean: [...mean], deviation: [...deviation] }
}

/** The network input for a channel value from 0 to 255. */
export function enteringValue(value: number, channel: number, pixels: Pixels): number {
  if (pixels.kind === 'range') return (value - pixels.min) / (pixels.max - pixels.min)
  const at = Math.min(channel, pixels.mean.length - 1)
  return (value - pixels.mean[at]) / pixels.deviation[at]
}
