/** What is asked about why a network answers as it does, and what is answered. */
import { z } from 'zod'
import { RunId } from '../run/run.ts'
import { LayerQuestion, LookQuestion, MapValues } from './looking.ts'
import { PassProgress } from './passProgress.ts'

/** Index of a class of the run. */
const label = z.int().min(0)

/** What of an image speaks for a class. */
export const SaliencyQuestion = z.strictObject({ ...LookQuestion.shape, label })
export type SaliencyQuestion = z.infer<typeof SaliencyQuestion>

/** Where the maps of a layer speak for a class. */
export const CamQuestion = z.strictObject({ ...LayerQuestion.shape, label })
export type CamQuestion = z.infer<typeof CamQuestion>

/** A square that covers a part of an image, and how far it moves from place to place; in pixels. */
export const OcclusionPatch = z.strictObject({ side: z.int().min(1).max(512), stride: z.int().min(1).max(512) })
export type OcclusionPatch = z.infer<typeof OcclusionPatch>

/** What becomes of the probability of a class where a part of the image is covered. */
export const OcclusionQuestion = z.strictObject({ ...LookQuestion.shape, ...OcclusionPatch.shape, label })
export type OcclusionQuestion = z.infer<typeof OcclusionQuestion>

/** A map of values over an image, with the smallest and the largest that is finite. */
export const HeatMap = z.strictObject({ ...MapValues.shape, min: z.number(), max: z.number() })
export type HeatMap = z.infer<typeof HeatMap>

const probability = z.number().min(0).max(1)

/** What an occlusion tells: its progress, and at last the probability for each place of the patch. */
export const OcclusionEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({
    kind: z.literal('covered'),
    /** The probability where nothing is covered. */
    uncovered: probability,
    /** Place (i, j) is the cell of `stride` x `stride` pixels whose middle the patch was around. */
    map: HeatMap,
  }),
])
export type OcclusionEvent = z.infer<typeof OcclusionEvent>

/** The largest step along the sign of the loss's gradient that is tried, in units of a pixel of 0 to 255. */
export const largestStep = 128

/** An answer: the class with the highest probability, and the probabilities in the order of the classes. */
export const ClassAnswer = z.strictObject({ predicted: z.int().min(0), probabilities: z.array(probability) })
export type ClassAnswer = z.infer<typeof ClassAnswer>

/** The smallest step found along the sign of the loss's gradient that changes the answer (FGSM). */
export const FgsmAnswer = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: z.int().min(0),
  /** Index of the true class; null for a given image. */
  label: label.nullable(),
  /** The largest step that is tried, in units of a pixel of 0 to 255. */
  largest: z.number(),
  /** Null where no step up to the largest changes the answer. */
  epsilon: z.number().positive().nullable(),
  before: ClassAnswer,
  after: ClassAnswer.nullable(),
})
export type FgsmAnswer = z.infer<typeof FgsmAnswer>
