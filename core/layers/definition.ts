import type { z } from 'zod'
import type { GraphBuilder, Value } from '../graph/graphBuilder.ts'
import type { ShapeFormula } from '../network/shapeFormula.ts'
import type { Shape } from '../network/shapes.ts'
import type { MapOrder } from './parts/mapOrder.ts'
import type { Region } from './parts/reach.ts'
import type { Variable } from './parts/layerVariables.ts'
import type { LayerWork } from './parts/layerWork.ts'

/** What comes into a layer. */
export interface LayerInput {
  /** Name of the layer that it is the output of, or `input` for the image. */
  readonly from: string
  readonly shape: Shape
}

/** A layer with its shapes and variables. */
export interface MeasuredLayer<Kind> {
  readonly layer: Kind
  /** One for most layers, several for those that merge. */
  readonly inputs: readonly LayerInput[]
  readonly output: Shape
  readonly variables: readonly Variable[]
}

/**
 * Training normalises with the statistics of the batch and lets values drop out; inference uses the running statistics
 * and all values. Inspection computes what inference computes, but each layer by its definition and alone, images first,
 * so that every layer's output and its gradients can be asked for.
 */
export type Mode = 'training' | 'inference' | 'inspection'

/** What of the processor decides how something is computed. */
export interface ProcessorFeatures {
  /** Whether it computes on 512 bits at once (AVX-512), so that it gets more done while memory is waited for. */
  readonly wideVectors: boolean
}

/** Where a layer's nodes are put. */
export interface LayerPlace<Kind> {
  /** Names what is added after the layer. */
  readonly graph: GraphBuilder
  readonly layer: Kind
  readonly geometry: MeasuredLayer<Kind>
  /**
   * What comes in: `[batch, height, width, channels]`, in `order`, or `[batch, units]`. One for most layers, several
   * for those that merge. The batch is -1 where it is free, which it never is in training.
   */
  readonly inputs: readonly Value[]
  /** The first of them. */
  readonly input: Value
  /**
   * How maps that come in lie in memory. Other than images first only where `mapOrder` says that the layer takes them
   * so, and never in training.
   */
  readonly order: MapOrder
  readonly mode: Mode
  readonly processor: ProcessorFeatures
  /** The value of one of the layer's variables at the beginning of the step, by its role (`kernel`, `bias`, ...). */
  readonly read: (role: string) => Value
  /** int32 `[2]`: a seed of the layer's own for this step; in training, for layers that draw random numbers. */
  readonly seed: () => Value<'int32'>
}

/** A layer as nodes of the graph. */
export interface LayerNodes {
  /** In the order that `mapOrder` says. Gradients follow from the operations that made it. */
  readonly output: Value
  /** New values of the variables that are kept and not trained, by role; in training only. */
  readonly statistics?: Readonly<Record<string, Value>>
}

/** A normalisation by constants, `factor * (x - mean) + shift`, as what a convolution before it can compute along. */
export interface FoldedNorm {
  /** `[channels]`: what the kernel is multiplied by. */
  readonly factor: Value
  /** The bias `[channels]` of the whole, from the convolution's own; null where it has none. */
  readonly bias: (own: Value | null) => Value
}

/**
 * Everything that Conv Lab knows of a kind of layer. Parts that are left out do not hold for it.
 *
 * A definition is found by the layer's kind (`registry.ts`), so each of its functions is given layers of that kind
 * only.
 */
export interface LayerRules<Kind> {
  /**
   * What the layer makes of what comes in, and the variables that it needs for that.
   * @param inputs One for most layers, several for those that merge.
   * @throws LabError `model-invalid` with the layer, what comes in, and what to change.
   */
  measure(
    layer: Kind,
    inputs: readonly LayerInput[],
  ): { readonly output: Shape; readonly variables: readonly Variable[] }
  /** How the output's shape follows from the inputs'. Left out: it is that of the first. */
  shapeFormula?(measured: MeasuredLayer<Kind>): ShapeFormula
  /** Adds the layer's nodes. Gradients are derived from the operations. */
  nodes(place: LayerPlace<Kind>): LayerNodes
  /** Multiply-adds of one image's way through the layer. Left out: none worth counting. */
  multiplyAdds?(measured: MeasuredLayer<Kind>): number
  /**
   * What the time of its training step depends on. Left out: the values that come in and go out, as of its kind.
   * @param backwards Whether the gradient by what comes in is computed.
   */
  work?(measured: MeasuredLayer<Kind>, processor: ProcessorFeatures, backwards: boolean): LayerWork
  /**
   * In which order the layer takes maps and gives its own, in inference. Left out: images first, both.
   * @param coming The order in which all inputs may be had at no cost.
   */
  mapOrder?(
    measured: MeasuredLayer<Kind>,
    coming: MapOrder,
    processor: ProcessorFeatures,
  ): { readonly takes: MapOrder; readonly gives: MapOrder }
  /**
   * Which part of each input the values of a part of the output are computed from, one an input; null for none of it.
   * Left out: the same part of every input.
   */
  reach?(measured: MeasuredLayer<Kind>, region: Region): readonly (Region | null)[]
  /** Whether it is fed a seed of its own at each step of training. */
  readonly drawsRandomNumbers?: boolean
  /** Whether its output is its input's memory under another shape. */
  readonly sharesMemory?: boolean
  /**
   * Whether it works value by value, and a larger value never becomes the smaller one: such a layer and a max pool may
   * change places.
   */
  isMonotonic?(layer: Kind): boolean
  /** Whether its units can fall silent, which is when they give nothing above 0 for any image: those of a ReLU can. */
  canFallSilent?(layer: Kind): boolean
  /** Whether it is a max pool and nothing else. */
  isMaxPool?(layer: Kind): boolean
  /**
   * Whether TensorFlow computes it by one operation which adds a bias and applies a ReLU on the way at no cost. The
   * layer has a `kernel`, whose last dimensions count its maps, and a setting `bias`.
   */
  fusesBiasAndRelu?(measured: MeasuredLayer<Kind>, processor: ProcessorFeatures): boolean
  /** As a part of the convolution before it, in inference. */
  fold?(place: Pick<LayerPlace<Kind>, 'graph' | 'layer' | 'read'>): FoldedNorm
}

/** A kind of layer: the schema of its settings, and its rules. */
export interface LayerDefinition<Schema extends z.ZodType> extends LayerRules<z.infer<Schema>> {
  readonly kind: string
  readonly schema: Schema
}

/** A definition, checked against its schema. */
export function defineLayer<Schema extends z.ZodObject>(definition: LayerDefinition<Schema>): LayerDefinition<Schema> {
  return definition
}
