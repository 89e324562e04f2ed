import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { sum } from '../../../core/graph/operations/arithmetic.ts'
import { equal, softmax } from '../../../core/graph/operations/classification.ts'
import { cast } from '../../../core/graph/operations/layout.ts'
import type { Mode } from '../../../core/layers/definition.ts'
import type { Head } from '../../../core/network/model.ts'
import type { HeadInputs, HeadNodes } from './headNodes.ts'
import { blended, type MixedLabels } from './mixedLabels.ts'
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts'
import { tanhHead, tanhProbabilities } from './tanhHead.ts'

/** The inputs and settings of a head. */
export interface HeadPlace extends HeadInputs {
  /** Number of logits per image. */
  readonly classes: number
  readonly mode: Mode
}

/**
 * Loss, gradient and answers of a batch. Training uses the loss as the head defines it; inference uses the plain loss,
 * without label smoothing.
 */
export function headNodes(graph: GraphBuilder, head: Head, { classes, mode, ...inputs }: HeadPlace): HeadNodes {
  switch (head.kind) {
    case 'softmax':
      return softmaxCrossEntropy(graph, {
        ...inputs,
        classes,
        labelSmoothing: mode === 'training' ? head.labelSmoothing : 0,
      })
    case 'tanh':
      return tanhHead(graph, { ...inputs, loss: head.loss })
  }
}

/** Class probabilities, `[batch, classes]`, as the head interprets the logits. */
export function probabilitiesOf(graph: GraphBuilder, head: Head, logits: Value): Value {
  return head.kind === 'softmax' ? softmax(graph, 'probabilities', logits) : tanhProbabilities(graph, logits)
}

/** Number of images whose answer equals their label. */
export function correctOf(graph: GraphBuilder, answers: Value<'int32'>, labels: Value<'int32'>): Value<'int32'> {
  const counted = cast(graph, 'counted', equal(graph, 'matches', answers, labels), 'int32')
  return sum(graph, 'correct', counted, [0])
}

/**
 * Number of images whose answer equals their label. When images are mixed, each of the two labels counts with its
 * share.
 */
export function mixedCorrectOf(
  graph: GraphBuilder,
  answers: Value<'int32'>,
  labels: Value<'int32'>,
  mixed: MixedLabels,
): Value {
  const matching = (name: string, wanted: Value<'int32'>): Value =>
    cast(graph, `counted_${name}`, equal(graph, `matches_${name}`, answers, wanted), 'float32')
  const right = blended(graph, matching('own', labels), matching('other', mixed.labels), mixed.weights)
  return sum(graph, 'correct', right, [0])
}

/** Sum of the losses `[batch]`. */
export function summed(graph: GraphBuilder, losses: Value): Value {
  return sum(graph, 'loss_sum', losses, [0])
}
