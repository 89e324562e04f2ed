import { z } from 'zod'
import type { DatasetCard } from './dataset.ts'

/** How a pixel p of 0 to 255 enters the network: over a range, or a channel at a time as a distance from the mean. */
export const Pixels = z.discriminatedUnion('kind', [
  /** (p - min) / (max - min), the same for all channels. */
  z
    .strictObject({ kind: z.literal('range'), min: z.number(), max: z.number() })
    .refine((pixels) => pixels.max > pixels.min, 'max must be above min'),
  /** (p - mean) / deviation, with a number of each a channel. Colours are distorted before, on a scale of 0 to 1. */
  z
    .strictObject({
      kind: z.literal('standard'),
      mean: z.array(z.number()).min(1).max(3),
      deviation: z.array(z.number().positive()).min(1).max(3),
    })
    .refine(
      (pixels) => pixels.mean.length === pixels.deviation.length,
      'mean and deviation have a number each for every channel',
    ),
])
export type Pixels = z.infer<typeof Pixels>

/**
 * Mean and deviation of all pixels of the training images, rounded to a tenth; those of CIFAR-10 are the ones that Page
 * 2018 (DAWNBench) gives, those of CIFAR-100 the usual published ones (0.507, 0.487, 0.441 and 0.267, 0.256, 0.276 of
 * 255).
 */
const known: Readonly<Record<string, { readonly mean: readonly number[]; readonly deviation: readonly number[] }>> = {
  'cifar-10': { mean: [125.3, 123.0, 113.9], deviation: [63.0, 62.1, 66.7] },
  'cifar-100': { mean: [129.3, 124.1, 112.4], deviation: [68.2, 65.4, 70.4] },
  mnist: { mean: [33.3], deviation: [78.6] },
  'fashion-mnist': { mean: [72.9], deviation: [90.0] },
}

/**
 * Standardised pixels for a data set: by its own mean and deviation where they are known, otherwise by the middle of
 * the scale.
 */
export function standardPixels({ id, image }: Pick<DatasetCard, 'id' | 'image'>): Pixels {
  const own = Object.hasOwn(known, id)
    ? known[id]
    : { mean: Array<number>(image.channels).fill(127.5), deviation: Array<number>(image.channels).fill(63.75) }
  return { kind: 'standard', mean: [...own.mean], deviation: [...own.deviation] }
}
