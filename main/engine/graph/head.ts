import type { Head } from '../../../core/model.ts'
import { float32, type GraphBuilder, int32, type Output } from './graphBuilder.ts'
import type { Mode } from './layerNodes.ts'
import { blended, type MixedLabels } from './mixedLabels.ts'
import { softmaxCrossEntropy, softmaxProbabilities } from './softmaxCrossEntropy.ts'
import { tanhHead, tanhProbabilities } from './tanhHead.ts'

/** What the head of a classifier gives for one batch. */
export interface HeadNodes {
  /** Loss of each image, `[batch]`. */
  readonly losses: Output
  /** Gradient of each image's loss by its logits, shaped as the logits. */
  readonly gradients: Output
  /** The class that each image is given, int32 `[batch]`. */
  readonly answers: Output
}

/** What a head is built on. */
export interface HeadPlace {
  readonly logits: Output
  /** int32 `[batch]` */
  readonly labels: Output
  /** Null where images are what they are. */
  readonly mixed: MixedLabels | null
  /** Number of logits of an image. */
  readonly classes: number
  readonly mode: Mode
}

/**
 * Loss, gradient and answers of a batch. Training takes the loss as the head says; inference takes the plain one,
 * without label smoothing.
 */
export function headNodes(
  graph: GraphBuilder,
  head: Head,
  { logits, labels, mixed, classes, mode }: HeadPlace,
): HeadNodes {
  switch (head.kind) {
    case 'softmax':
      return softmaxCrossEntropy(graph, {
        logits,
        labels,
        mixed,
        classes,
        labelSmoothing: mode === 'training' ? head.labelSmoothing : 0,
      })
    case 'tanh':
      return tanhHead(graph, { logits, labels, mixed, loss: head.loss })
  }
}

/** Probabilities of the classes, `[batch, classes]`, as a head understands the logits. */
export function probabilitiesOf(graph: GraphBuilder, head: Head, logits: Output): Output {
  return head.kind === 'softmax' ? softmaxProbabilities(graph, logits) : tanhProbabilities(graph, logits)
}

/** Number of images whose answer is their label, int32. */
export function correctOf(graph: GraphBuilder, answers: Output, labels: Output): Output {
  const matches = graph.add('Equal', 'matches', [answers, labels], { T: int32 })
  const counted = graph.add('Cast', 'counted', [matches], { SrcT: { type: 'bool' }, DstT: int32 })
  return graph.add('Sum', 'correct', [counted, graph.extents('batch_axis', [0])], { T: int32, Tidx: int32 })
}

/**
 * Number of images whose answer is their label, float32; where images are mixed, each of the two labels counts with its
 * share.
 */
export function mixedCorrectOf(graph: GraphBuilder, answers: Output, labels: Output, mixed: MixedLabels): Output {
  const matching = (name: string, wanted: Output): Output =>
    graph.add('Cast', `counted_${name}`, [graph.add('Equal', `matches_${name}`, [answers, wanted], { T: int32 })], {
      SrcT: { type: 'bool' },
      DstT: float32,
    })
  const right = blended(graph, matching('own', labels), matching('other', mixed.labels), mixed.weights)
  return graph.add('Sum', 'correct', [right, graph.extents('batch_axis', [0])], { T: float32, Tidx: int32 })
}

/** Sum of the losses `[batch]`. */
export function summed(graph: GraphBuilder, losses: Output): Output {
  return graph.add('Sum', 'loss_sum', [losses, graph.extents('loss_axis', [0])], { T: float32, Tidx: int32 })
}
