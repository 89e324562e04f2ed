import type { Peaks } from '../../core/inspect/highestPeaks.ts'
import { RecentAnswers } from '../engine/shared/recentAnswers.ts'
import type { InspectedTensor } from './layerValues.ts'

/** A layer's output for an image, with the gradient of the score of a class by it, in its shape. */
export interface LayerGradient extends InspectedTensor {
  readonly gradient: Float32Array
}

/** The probabilities of all classes with one part of an image after another covered. */
export interface Occlusion {
  /** One a class, where nothing is covered. */
  readonly uncovered: readonly number[]
  /** `[places, classes]` */
  readonly probabilities: Float32Array
}

/** An image's logits, and the smallest step found that changes its answer. */
export interface StepOfSigns {
  readonly before: readonly number[]
  readonly step: {
    /** Units of a pixel of 0 to 255. */
    readonly epsilon: number
    /** The changed image as it enters the network, `[height, width, channels]`. */
    readonly image: Float32Array
    readonly logits: readonly number[]
  } | null
}

/** An image that gradient ascent made, with what was to become large in its first image and in it. */
export interface Ascent {
  readonly before: number
  readonly after: number
  /** As it enters the network, `[height, width, channels]`. */
  readonly image: Float32Array
}

/**
 * What was computed of late to say why a network answers as it does: a page asks for the same as picture and as
 * numbers.
 */
export interface KeptExplanations {
  readonly imageGradients: RecentAnswers<InspectedTensor>
  readonly layerGradients: RecentAnswers<LayerGradient>
  readonly occlusions: RecentAnswers<Occlusion>
  readonly stepsOfSigns: RecentAnswers<StepOfSigns>
  readonly peaks: RecentAnswers<Peaks>
  readonly ascents: RecentAnswers<Ascent>
}

/** Bytes of each of them. */
const kept = 16_000_000

/** None at first. */
export function keptExplanations(): KeptExplanations {
  return {
    imageGradients: new RecentAnswers(kept, ({ values }) => values.byteLength),
    layerGradients: new RecentAnswers(kept, ({ values }) => 2 * values.byteLength),
    occlusions: new RecentAnswers(kept, ({ probabilities }) => probabilities.byteLength),
    stepsOfSigns: new RecentAnswers(kept, ({ step }) => 1000 + (step?.image.byteLength ?? 0)),
    peaks: new RecentAnswers(kept, ({ values }) => 3 * values.byteLength),
    ascents: new RecentAnswers(kept, ({ image }) => image.byteLength),
  }
}
