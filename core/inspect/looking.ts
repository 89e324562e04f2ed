/** What is asked about a checkpoint and an image, and what is answered. */
import { z } from 'zod'
import { Sha256, Split } from '../data/dataset.ts'
import { CheckpointChoice, RunId } from '../run/run.ts'
import { ImageChoice } from './imageChoice.ts'

const count = z.int().min(0)

/** A checkpoint of a run. */
export const LookSubject = z.strictObject({ run: RunId, checkpoint: CheckpointChoice })
export type LookSubject = z.infer<typeof LookSubject>

/** A checkpoint and an image. */
export const LookQuestion = z.strictObject({ ...LookSubject.shape, image: ImageChoice })
export type LookQuestion = z.infer<typeof LookQuestion>

/** A layer of the network as it sees that image; `input` is what enters the network. */
export const LayerQuestion = z.strictObject({ ...LookQuestion.shape, layer: z.string() })
export type LayerQuestion = z.infer<typeof LayerQuestion>

/** One map of a layer, from 0 on. A vector `[units]` is one map for each unit, of one value. */
export const MapQuestion = z.strictObject({ ...LayerQuestion.shape, map: count })
export type MapQuestion = z.infer<typeof MapQuestion>

/** What is known of an image without the network. */
export const LookImage = z.strictObject({
  image: ImageChoice,
  /** Index of its class among those of the run; null for a given image. */
  label: count.nullable(),
  /** Images in each of the run's lists; null for a given image. */
  total: z.strictObject({ train: count, test: count }).nullable(),
  /** As it is stored, or as a given one is made to fit the run's data: `[height, width, channels]`. */
  shape: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]),
})
export type LookImage = z.infer<typeof LookImage>

/** A picture that a person gave, in its own upright extents. */
export const GivenImage = z.strictObject({
  sha256: Sha256,
  width: z.int().min(1),
  height: z.int().min(1),
})
export type GivenImage = z.infer<typeof GivenImage>

/** Which image of a list is looked for: the first at or after `from`, and after the last the first ones. */
export const ImageSearch = z.strictObject({
  ...LookSubject.shape,
  split: Split,
  from: count,
  /** Only of this class of the run. */
  label: count.nullable(),
  /** Only images that the checkpoint takes for another class. */
  wrong: z.boolean(),
})
export type ImageSearch = z.infer<typeof ImageSearch>

/** What a network answers for an image. Logits and probabilities are in the order of the classes. */
export const Prediction = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: count,
  /** Index of the true class; null for a given image. */
  label: count.nullable(),
  /** Index of the class with the highest probability. */
  predicted: count,
  /** English names. */
  classes: z.array(z.string()),
  /** One a class; of a tanh neuron the one value before its tanh. */
  logits: z.array(z.number()),
  probabilities: z.array(z.number().min(0).max(1)),
  /** Of the probabilities, in bits. */
  entropy: z.number().min(0),
})
export type Prediction = z.infer<typeof Prediction>

/** The values of one map in a few numbers; of those that are finite. */
export const MapFigures = z.strictObject({
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  /** Values that are not finite. */
  notFinite: count,
})
export type MapFigures = z.infer<typeof MapFigures>

/** A layer's output for an image, `[height, width, channels]` or `[units]`. */
export const LayerMaps = z.strictObject({
  run: RunId,
  checkpoint: count,
  layer: z.string(),
  shape: z.array(z.int().min(1)),
  /** One a channel, or one a unit. */
  maps: z.array(MapFigures),
})
export type LayerMaps = z.infer<typeof LayerMaps>

/** The values of one map, row by row. */
export const MapValues = z.strictObject({
  height: z.int().min(1),
  width: z.int().min(1),
  /** Null where a value is not finite. */
  values: z.array(z.number().nullable()),
})
export type MapValues = z.infer<typeof MapValues>
