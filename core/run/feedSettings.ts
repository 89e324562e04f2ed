import { z } from 'zod'
import { Augmentation } from './augmentation.ts'
import { Model } from '../network/model.ts'
import { RunConfig } from './run.ts'

/** The part of a configuration that settles what enters its network of the images. */
export const FeedSettings = z.strictObject({
  data: RunConfig.shape.data,
  input: Model.shape.input,
  augmentation: Augmentation,
  batch: RunConfig.shape.batch,
  seed: RunConfig.shape.seed,
})
export type FeedSettings = z.infer<typeof FeedSettings>

/** What settles the images that enter the network of a run. */
export function feedOf({ data, model: { input }, augmentation, batch, seed }: RunConfig): FeedSettings {
  return { data, input, augmentation, batch, seed }
}
