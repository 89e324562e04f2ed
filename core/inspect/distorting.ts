/** What is asked about distortions and batches, and what is answered. */
import { z } from 'zod'
import { Distortion } from '../run/distortion.ts'
import { FeedSettings } from '../run/feedSettings.ts'
import { RunId } from '../run/run.ts'
import { Steps } from '../run/schedule.ts'
import { Seed } from '../run/seed.ts'
import { ImageChoice } from './imageChoice.ts'

const count = z.int().min(0)
const extent = z.int().min(1)

/** The most images that are distorted or shown of a batch at once. */
export const mostAtOnce = 64

export const SomeImages = z.int().min(1).max(mostAtOnce)

/** Whose settings feed the network: those of a run, or those of one that has not begun. */
export const FeedSource = z.union([z.strictObject({ run: RunId }), FeedSettings])
export type FeedSource = z.infer<typeof FeedSource>

/** A place in the sequence of epochs, both from 0 on. */
export const Turn = z.strictObject({ epoch: count, position: count })

/** An image under `count` random distortions. A training image is shown as training distorts it, epoch by epoch. */
export const DistortionsQuestion = z.strictObject({
  of: FeedSource,
  image: ImageChoice,
  /** Null: the settings' own. */
  seed: Seed.nullable(),
  count: SomeImages,
})
export type DistortionsQuestion = z.infer<typeof DistortionsQuestion>

/** The random distortions of an image. A single image is never mixed with another. */
export const DrawnDistortions = z.strictObject({
  seed: Seed,
  /** Index of the image's class among those of the run; null for a given image. */
  label: count.nullable(),
  /** The image as it is stored. */
  image: z.strictObject({ height: extent, width: extent, channels: z.union([z.literal(1), z.literal(3)]) }),
  drawn: z.array(
    z.strictObject({
      distortion: Distortion,
      /** When training with this seed sees the image so; null for one that it does not train on. */
      turn: z.strictObject({ ...Turn.shape, step: Steps }).nullable(),
    }),
  ),
})
export type DrawnDistortions = z.infer<typeof DrawnDistortions>

/** Images of the batch of a step, from the `first` one of it on, which is 0. */
export const BatchQuestion = z.strictObject({
  of: FeedSource,
  /** Null: the step that comes next. */
  step: Steps.nullable(),
  first: count,
  count: SomeImages,
})
export type BatchQuestion = z.infer<typeof BatchQuestion>

/** An image of a batch. */
export const BatchMember = z.strictObject({
  ...Turn.shape,
  /** Its place in the list of the run's training images. */
  image: count,
  label: count,
  /** The label of the image that is mixed in; null where none is. */
  mixedLabel: count.nullable(),
  distortion: Distortion,
})
export type BatchMember = z.infer<typeof BatchMember>

export const BatchOfStep = z.strictObject({
  step: Steps,
  /** Images in the whole batch. */
  batch: extent,
  first: count,
  images: z.array(BatchMember),
})
export type BatchOfStep = z.infer<typeof BatchOfStep>
