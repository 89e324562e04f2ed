import type { LayerGeometry } from '../../../core/geometry.ts'
import type { Layer } from '../../../core/model.ts'
import type { GraphBuilder, Output } from './graphBuilder.ts'
import type { MapOrder } from './mapOrder.ts'

/**
 * Training normalises with the statistics of the batch and lets values drop out; inference uses the running statistics
 * and all values.
 */
export type Mode = 'training' | 'inference'

/** Where a layer's nodes are put. */
export interface LayerPlace<Kind extends Layer = Layer> {
  /** Names what is added after the layer. */
  readonly graph: GraphBuilder
  readonly layer: Kind
  readonly geometry: LayerGeometry
  /**
   * What comes in: float32 `[batch, height, width, channels]`, in `order`, or `[batch, units]`. One for most layers,
   * several for those that merge.
   */
  readonly inputs: readonly Output[]
  /** The first of them. */
  readonly input: Output
  /**
   * How maps that come in lie in memory. Other than images first only where `orderOf` says that the layer takes them
   * so, and never in training.
   */
  readonly order: MapOrder
  readonly mode: Mode
  /** Images at a time; -1 where their number is free, which it never is in training. */
  readonly batch: number
  /** The value of one of the layer's variables at the beginning of the step, by its role (`kernel`, `bias`, ...). */
  readonly read: (role: string) => Output
  /** int32 `[2]`: a seed of the layer's own for this step; in training only. */
  readonly seed: () => Output
}

/** What the gradient of a layer gives. */
export interface LayerGradients {
  /** Gradients of the loss by each of the layer's inputs, in their order; null when they were not wanted. */
  readonly inputs: readonly Output[] | null
  /** Gradients of the loss by the layer's trained variables, by role. */
  readonly variables: Readonly<Record<string, Output>>
}

/** A layer as nodes of the graph. */
export interface LayerNodes {
  /** In the order that `orderOf` says. */
  readonly output: Output
  /** New values of the variables that are kept and not trained, by role; computed in training only. */
  readonly statistics: Readonly<Record<string, Output>>
  /**
   * Adds the gradient nodes.
   * @param gradient Gradient of the loss by the layer's output, shaped as the output.
   * @param wantsInputs Whether a layer before this one trains; false saves the gradients by the inputs.
   */
  readonly gradients: (gradient: Output, wantsInputs: boolean) => LayerGradients
}
