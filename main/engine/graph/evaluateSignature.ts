import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { AnyValue, GraphBuilder, Signature, Value } from '../../../core/graph/graphBuilder.ts'
import { mean, min } from '../../../core/graph/operations/arithmetic.ts'
import { concat, pack, reshape, reverse } from '../../../core/graph/operations/layout.ts'
import { readVariable } from '../../../core/graph/operations/variables.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import type { Model } from '../../../core/network/model.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import { correctOf, headNodes, summed } from './head.ts'
import { found, networkNodes, variableReader } from './network.ts'
import type { Handles } from './variableSignatures.ts'

/** `[batch, height, width, channels]` becomes `[2 * batch, ...]`: the images, then their left-right mirror images. */
function withMirrorImages(graph: GraphBuilder, images: Value): Value {
  return concat(graph, 'with_mirrored', [images, reverse(graph, 'mirrored', images, 2)], 0)
}

/** `[2 * batch, classes]` becomes `[batch, classes]`: the mean of the first and the second half. */
function meanOfHalves(graph: GraphBuilder, logits: Value, classes: number): Value {
  return mean(graph, 'mean_logits', reshape(graph, 'halves', logits, [2, -1, classes]), [0])
}

/** What an evaluation computes, and how. */
interface EvaluatedPlace {
  readonly model: Model
  readonly measured: readonly LayerGeometry[]
  /** Whether the logits of an image are the mean of its own and those of its mirror image. */
  readonly flips: boolean
  /** Whether the signature will be run only while no scale of the `pooledNorms` is negative. */
  readonly rising: boolean
  readonly processor: ProcessorFeatures
}

/** The logits of a batch of any size, with the running statistics. */
function evaluatedLogits(
  graph: GraphBuilder,
  variables: Handles,
  { model, measured, flips, rising, processor }: EvaluatedPlace,
): { images: Value; logits: Value; classes: number } {
  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'float32', [-1, height, width, channels])
  const classes = sizeOf(measured[measured.length - 1].output)
  const input = flips ? withMirrorImages(graph, images) : images
  const network = networkNodes(graph, {
    measured,
    input,
    mode: 'inference',
    rising,
    processor,
    read: variableReader(variables),
    seeds: new Map(),
  })
  return { images, logits: flips ? meanOfHalves(graph, network.logits, classes) : network.logits, classes }
}

/**
 * Evaluates a batch of any size with the running statistics. Inputs: `images` and `labels`. Outputs: `lossSum` (the
 * plain loss, without label smoothing) and `correct`. Changes nothing.
 */
export function evaluateSignature(graph: GraphBuilder, variables: Handles, place: EvaluatedPlace): Signature {
  const { images, logits, classes } = evaluatedLogits(graph, variables, place)
  const labels = graph.placeholder('labels', 'int32', [-1])
  const head = headNodes(graph.within('head'), place.model.head, {
    logits,
    labels,
    mixed: null,
    classes,
    mode: 'inference',
  })
  return {
    inputs: new Map<string, AnyValue>([
      ['images', images],
      ['labels', labels],
    ]),
    outputs: new Map<string, AnyValue>([
      ['lossSum', graph.fetch('loss', summed(graph, head.losses))],
      ['correct', graph.fetch('correct_answers', correctOf(graph, head.answers, labels))],
    ]),
  }
}

/** The logits that an evaluation counts answers by. Input: `images`. Output: `logits` `[batch, logits]`. */
export function answersSignature(graph: GraphBuilder, variables: Handles, place: EvaluatedPlace): Signature {
  const { images, logits } = evaluatedLogits(graph, variables, place)
  return { inputs: new Map([['images', images]]), outputs: new Map([['logits', graph.fetch('logits', logits)]]) }
}

/** Output `lowest`: the lowest scale of these batch normalisations; 0 if there are none. */
export function lowestScaleSignature(graph: GraphBuilder, variables: Handles, norms: readonly string[]): Signature {
  const ofEach = norms.map((norm) =>
    min(graph, norm, readVariable(graph, `${norm}_scale`, found(variables, `${norm}/scale`)), [0]),
  )
  const lowest = ofEach.length === 0 ? graph.number('none', 0) : min(graph, 'of_all', pack(graph, 'each', ofEach), [0])
  return { inputs: new Map(), outputs: new Map([['lowest', graph.fetch('lowest', lowest)]]) }
}
