import type { Value } from '../../../core/graph/graphBuilder.ts'
import type { MixedLabels } from './mixedLabels.ts'

/** What the head of a classifier gives for one batch. */
export interface HeadNodes {
  /** Loss of each image, `[batch]`. */
  readonly losses: Value
  /** Gradient of each image's loss by its logits, shaped as the logits. */
  readonly gradients: Value
  /** The class that each image is given, `[batch]`. */
  readonly answers: Value<'int32'>
}

/** What every head takes. */
export interface HeadInputs {
  /** `[batch, classes]`, or `[batch, 1]` for one neuron. */
  readonly logits: Value
  /** `[batch]` */
  readonly labels: Value<'int32'>
  /** Null where images are what they are. */
  readonly mixed: MixedLabels | null
}
