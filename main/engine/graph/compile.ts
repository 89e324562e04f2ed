import { checkTrained, measure } from '../../../core/network/geometry.ts'
import { GraphBuilder } from '../../../core/graph/graphBuilder.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Optimizer } from '../../../core/run/run.ts'
import { evaluateSignature, lowestScaleSignature } from './evaluateSignature.ts'
import type { Graph } from './graphSession.ts'
import { healthSignatures, type LayerPlaces } from './healthSignatures.ts'
import { pooledNorms } from './inferenceLayers.ts'
import { poolFirst } from '../../../core/network/poolFirst.ts'
import { sessionVariables } from './optimizers.ts'
import { trainSignature } from './trainSignature.ts'
import { readSignature, variableHandles, writeSignature } from './variableSignatures.ts'

/**
 * The computations of a network, each one run of the graph. `evaluateRising` gives the same results as `evaluate` but
 * for rounding, and is faster. It is valid only while `lowestScale` is not negative. `keepWeights` and `health` exist
 * where they were asked for.
 */
export type SignatureName =
  'train' | 'evaluate' | 'evaluateRising' | 'lowestScale' | 'read' | 'write' | 'keepWeights' | 'health'

/** What to compile. */
export interface NetworkOptions {
  readonly model: Model
  readonly optimizer: Optimizer
  /** Number of images in a training step. */
  readonly batch: number
  /** Whether training images are mixed. */
  readonly mixup: boolean
  /** Whether each image is evaluated together with its mirror image. */
  readonly flips: boolean
  /** Number of images on which health is measured; 0 or left out: it is not. */
  readonly healthImages?: number
  readonly processor: ProcessorFeatures
}

/** A network as one TensorFlow graph. */
export interface CompiledNetwork extends Graph<SignatureName> {
  /** The state that the graph keeps between runs, in the order of a checkpoint. */
  readonly variables: readonly Variable[]
  /** Where the health of each layer is in the outputs of `health`; null where it cannot be measured. */
  readonly health: readonly LayerPlaces[] | null
}

/**
 * Compiles a network, its loss and its optimizer to one graph.
 * @throws LabError `model-invalid`
 */
export function compileNetwork({ model, ...how }: NetworkOptions): CompiledNetwork {
  const graph = new GraphBuilder()
  const variables = sessionVariables(model, how.optimizer)
  const handles = variableHandles(graph, variables)
  const measured = measure(model)
  checkTrained(measured)
  const norms = pooledNorms(measured, how.processor)
  const evaluate = evaluateSignature(graph.within('evaluate'), handles, {
    model,
    measured,
    flips: how.flips,
    rising: false,
    processor: how.processor,
  })
  const signatures = {
    train: trainSignature(graph, handles, { model, measured: poolFirst(measured), ...how }),
    evaluate,
    // Without such normalisations both graphs would have the same nodes.
    evaluateRising:
      norms.length === 0
        ? evaluate
        : evaluateSignature(graph.within('evaluate_rising'), handles, {
            model,
            measured,
            flips: how.flips,
            rising: true,
            processor: how.processor,
          }),
    lowestScale: lowestScaleSignature(graph.within('lowest_scale'), handles, norms),
    read: readSignature(graph, variables, handles),
    write: writeSignature(graph, variables, handles),
  }
  const { healthImages = 0, processor } = how
  const health =
    healthImages > 0 ? healthSignatures(graph, handles, { model, measured, batch: healthImages, processor }) : null
  return {
    nodes: graph.nodes,
    signatures: { ...signatures, ...health?.signatures },
    variables,
    health: health?.places ?? null,
  }
}
