import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Sha256, Split } from '../data/dataset.ts'
import { Pixels } from '../data/pixels.ts'
import { BatchMember, SomeImages, Turn } from '../inspect/distorting.ts'
import { AscentSettings } from '../inspect/ascending.ts'
import { OcclusionPatch } from '../inspect/explaining.ts'
import { SearchEvent } from '../inspect/imageSearch.ts'
import { PassProgress } from '../inspect/passProgress.ts'
import { InitialWeightsEvent, InitialWeightsQuestion } from '../network/initialWeights.ts'
import { Model } from '../network/model.ts'
import { Augmentation } from '../run/augmentation.ts'
import { Distortion } from '../run/distortion.ts'
import { FeedSettings } from '../run/feedSettings.ts'
import { RunConfig } from '../run/run.ts'
import { Steps } from '../run/schedule.ts'
import { Seed } from '../run/seed.ts'
import { Problem } from '../words/problems.ts'

/** float32 values, little endian, as base64: the ports between processes carry JSON. */
export const FloatsText = z.base64()

const extent = z.int().min(1)

/** The network of a run with the weights of a checkpoint file. */
export const InspectSubject = z.strictObject({
  config: RunConfig,
  checkpoint: z.strictObject({ path: z.string(), sha256: Sha256 }),
})
export type InspectSubject = z.infer<typeof InspectSubject>

/** uint8 pixels `[height, width, channels]` as base64, before the crop to the network's input. */
export const InspectImage = z.strictObject({
  height: extent,
  width: extent,
  channels: z.union([z.literal(1), z.literal(3)]),
  pixels: z.base64(),
})
export type InspectImage = z.infer<typeof InspectImage>

/** One of the lists of images that a run uses, in the folder of its prepared data. */
export const InspectList = z.strictObject({ dataFolder: z.string(), split: Split })
export type InspectList = z.infer<typeof InspectList>

/** Looks for the first image that is answered wrongly, in the order of `searchOrder`. */
export const WrongSearch = z.strictObject({
  ...InspectSubject.shape,
  ...InspectList.shape,
  from: z.int().min(0),
  label: z.int().min(0).nullable(),
})
export type WrongSearch = z.infer<typeof WrongSearch>

const OfImage = z.strictObject({ ...InspectSubject.shape, image: InspectImage })

/** A layer and the list of images that its maps are excited by. */
export const ExciteOrder = z.strictObject({ ...InspectSubject.shape, ...InspectList.shape, layer: z.string() })
export type ExciteOrder = z.infer<typeof ExciteOrder>

/** Progress, and at last the highest peaks of each map, as `core/inspect/highestPeaks.ts` has them; uint32 as base64. */
export const ExcitePart = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('found'), values: FloatsText, numbers: z.base64(), places: z.base64() }),
])
export type ExcitePart = z.infer<typeof ExcitePart>

/** The test images of a run. */
export const TestPassOrder = z.strictObject({ ...InspectSubject.shape, dataFolder: z.string() })
export type TestPassOrder = z.infer<typeof TestPassOrder>

/** Progress, and at last the pass, packed as `core/errors/testPass.ts` has it. */
export const TestPassPart = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('passed'), pass: z.base64() }),
  /** An answer is no finite number, so nothing is counted. */
  z.strictObject({ kind: z.literal('not-finite') }),
])
export type TestPassPart = z.infer<typeof TestPassPart>

/** How many test images, and the layer whose output they are asked for. */
export const VectorsOrder = z.strictObject({ ...TestPassOrder.shape, layer: z.string(), count: z.int().min(1) })
export type VectorsOrder = z.infer<typeof VectorsOrder>

/**
 * The numbers of the images (uint32 as base64) as `core/embedding/chosenImages.ts` chooses them, then the vectors of the
 * next images after each batch, with the progress that is reached by them.
 */
export const VectorsPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chosen'), numbers: z.base64() }),
  z.strictObject({ ...PassProgress.shape, kind: z.literal('vectors'), values: FloatsText }),
  /** A value is no finite number, so nothing can be computed from the vectors. */
  z.strictObject({ kind: z.literal('not-finite') }),
])
export type VectorsPart = z.infer<typeof VectorsPart>

export const AscentOrder = z.strictObject({ ...InspectSubject.shape, ...AscentSettings.shape })
export type AscentOrder = z.infer<typeof AscentOrder>

/**
 * Progress, and at last the image as it enters the network, with what was to become large in the first image and in
 * it: `[2]`.
 */
export const AscentPart = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('reached'), values: FloatsText, image: FloatsText }),
])
export type AscentPart = z.infer<typeof AscentPart>

/** An image and a class of the run. */
export const ClassOrder = z.strictObject({ ...OfImage.shape, label: z.int().min(0) })
export type ClassOrder = z.infer<typeof ClassOrder>

export const OcclusionOrder = z.strictObject({ ...OfImage.shape, ...OcclusionPatch.shape })
export type OcclusionOrder = z.infer<typeof OcclusionOrder>

/** Progress, and at last the probabilities: `[classes]`, and for each place of the patch `[places, classes]`. */
export const OcclusionPart = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('covered'), uncovered: FloatsText, probabilities: FloatsText }),
])
export type OcclusionPart = z.infer<typeof OcclusionPart>

/** Values with their shape, without the batch dimension. */
export const InspectedValues = z.strictObject({ shape: z.array(extent), values: FloatsText })
export type InspectedValues = z.infer<typeof InspectedValues>

const count = z.int().min(0)

/** An image to distort, and by what. */
export const DistortOrder = z.strictObject({
  image: InspectImage,
  input: Model.shape.input,
  pixels: Pixels,
  augmentation: Augmentation,
  of: z.discriminatedUnion('kind', [
    /** As training draws them: of a training image for its turns in the first `count` epochs. */
    z.strictObject({
      kind: z.literal('drawn'),
      seed: Seed,
      count: SomeImages,
      /** Which of so many training images it is; null for another one. */
      training: z
        .strictObject({ images: count, validationShare: RunConfig.shape.data.shape.validationShare, image: count })
        .nullable(),
    }),
    /** This one; of the augmentation only its padding and the side of its cutout count. */
    z.strictObject({ kind: z.literal('given'), distortion: Distortion }),
  ]),
})
export type DistortOrder = z.infer<typeof DistortOrder>

/** What a distortion makes of an image. */
export const DistortedImage = z.strictObject({
  distortion: Distortion,
  /** When a run with these settings sees it so; null for an image that it does not train on. */
  turn: Turn.nullable(),
  /** What enters the network, `[height, width, channels]`. */
  values: FloatsText,
})
export type DistortedImage = z.infer<typeof DistortedImage>

/** Which images of the batch of a step; `first` is counted from 0. */
export const BatchOrder = z.strictObject({
  settings: FeedSettings,
  /** Folder of the prepared data. */
  dataFolder: z.string(),
  step: Steps,
  first: count,
  count: SomeImages,
})
export type BatchOrder = z.infer<typeof BatchOrder>

/** An image of a batch. */
export const BatchImage = z.strictObject({
  ...BatchMember.shape,
  /** What enters the network, `[height, width, channels]`. */
  values: FloatsText,
})
export type BatchImage = z.infer<typeof BatchImage>

/** Settings whose initial weights are wanted, with the folder of the prepared data; null where no set is chosen. */
export const InitialWeightsOrder = z.strictObject({
  ...InitialWeightsQuestion.shape,
  dataFolder: z.string().nullable(),
})
export type InitialWeightsOrder = z.infer<typeof InitialWeightsOrder>

const call = oc.errors({ PROBLEM: { data: Problem } })

/** What main may ask of the engine that looks inside networks. Nothing here changes a file. */
export const inspectContract = {
  /**
   * The logits of images, `[images, logits]`; with the run's `evaluation.flips` the means with their mirror images'.
   * They may be infinite or not a number.
   */
  answers: call
    .input(z.strictObject({ ...InspectSubject.shape, images: z.array(InspectImage).min(1).max(256) }))
    .output(z.strictObject({ logits: FloatsText })),
  /** What enters the network, of an image: `[height, width, channels]` in its scale. Needs no weights. */
  entering: call.input(z.strictObject({ config: RunConfig, image: InspectImage })).output(InspectedValues),
  /** The first image that is answered wrongly; an answer that is no finite number is wrong. */
  firstWrong: call.input(WrongSearch).output(eventIterator(SearchEvent)),
  /** The output of a layer for an image; of `input` what enters the network. */
  layer: call.input(z.strictObject({ ...OfImage.shape, layer: z.string() })).output(InspectedValues),
  /** The gradient of the score of a class by what enters the network, of an image. The score is its logit. */
  imageGradient: call.input(ClassOrder).output(InspectedValues),
  /** The output of a layer for an image alone, and the gradient of the score of a class by it. */
  layerGradient: call
    .input(z.strictObject({ ...ClassOrder.shape, layer: z.string() }))
    .output(z.strictObject({ ...InspectedValues.shape, gradient: FloatsText })),
  /** The answers for an image with a part of it covered by the grey in the middle between black and white. */
  occlusion: call.input(OcclusionOrder).output(eventIterator(OcclusionPart)),
  /** The logits, and the smallest step along the sign of the loss's gradient that changes the answer; null: none. */
  fgsm: call.input(OfImage).output(
    z.strictObject({
      before: FloatsText,
      step: z.strictObject({ epsilon: z.number().positive(), image: FloatsText, logits: FloatsText }).nullable(),
    }),
  ),
  /** The images that excite each map of a layer most. */
  excited: call.input(ExciteOrder).output(eventIterator(ExcitePart)),
  /** What is answered for each test image, with the graph and in the batches of a run's evaluation. */
  testPass: call.input(TestPassOrder).output(eventIterator(TestPassPart)),
  /** The output of a layer for some test images, a row each. Mirror images have no part in it. */
  vectors: call.input(VectorsOrder).output(eventIterator(VectorsPart)),
  /** Gradient ascent: an image that excites a map, a unit or a class. */
  ascended: call.input(AscentOrder).output(eventIterator(AscentPart)),
  /** The kernels with which a run would begin. Needs no checkpoint. */
  initialWeights: call.input(InitialWeightsOrder).output(eventIterator(InitialWeightsEvent)),
  /** What distortions make of an image. A single one is never mixed with another. */
  distort: call.input(DistortOrder).output(z.array(DistortedImage)),
  /** Images of the batch of a step as they enter the network; fewer than asked for at the end of the batch. */
  batch: call.input(BatchOrder).output(z.array(BatchImage)),
}
