import type { Value } from '../../../core/graph/graphBuilder.ts'
import type { MixedLabels } from './mixedLabels.ts'

/** The results of a classifier's head for one batch. */
export interface HeadNodes {
  /** Loss of each image, `[batch]`. */
  readonly losses: Value
  /** Gradient of each image's loss with respect to its logits, in the shape of the logits. */
  readonly gradients: Value
  /** The predicted class of each image, `[batch]`. */
  readonly answers: Value<'int32'>
}

/** The inputs of every head. */
export interface HeadInputs {
  /** `[batch, classes]`, or `[batch, 1]` for one neuron. */
  readonly logits: Value
  /** `[batch]` */
  readonly labels: Value<'int32'>
  /** Null when images are not mixed. */
  readonly mixed: MixedLabels | null
}
