import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { AnyValue, GraphBuilder, Signature, Value } from '../../../core/graph/graphBuilder.ts'
import { mul } from '../../../core/graph/operations/arithmetic.ts'
import { assignVariable, noOp } from '../../../core/graph/operations/variables.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { rulesOf } from '../../../core/layers/registry.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Optimizer } from '../../../core/run/run.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import { clippedGradients } from './clip.ts'
import { correctOf, headNodes, mixedCorrectOf, summed } from './head.ts'
import { found, networkNodes, variableReader } from './network.ts'
import { decays, methodOf, slotName } from './optimizers.ts'
import type { Handles } from './variableSignatures.ts'

/** Name of the input for the seed of a layer that draws random numbers. */
export function seedInput(layer: string): string {
  return `seed/${layer}`
}

/**
 * One training step.
 *
 * Inputs: `images` `[batch, height, width, channels]`, `labels` `[batch]`, the optimizer's numbers, and a seed for each
 * layer that draws random numbers. When images are mixed, also `mixed_labels`, the labels of the images mixed in, and
 * `mixed_weights`, each image's own share, `[batch]` each.
 *
 * Outputs, both from before the update: `loss`, the mean of the batch as the head defines it, and `correct`, the number
 * of correct answers.
 *
 * The batch is fixed, so TensorFlow knows every shape in advance. No variable is written before every gradient and
 * statistic of the step has been computed. So the step is a function of the variables at its beginning, and a failed
 * step (a label out of range, out of memory) changes nothing.
 */
export function trainSignature(
  parent: GraphBuilder,
  variables: Handles,
  {
    model,
    measured,
    optimizer,
    batch,
    mixup,
    processor,
  }: {
    model: Model
    measured: readonly LayerGeometry[]
    optimizer: Optimizer
    batch: number
    mixup: boolean
    processor: ProcessorFeatures
  },
): Signature {
  const graph = parent.within('train')
  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'float32', [batch, height, width, channels])
  const labels = graph.placeholder('labels', 'int32', [batch])
  const mixed = mixup
    ? {
        labels: graph.placeholder('mixed_labels', 'int32', [batch]),
        weights: graph.placeholder('mixed_weights', 'float32', [batch]),
      }
    : null
  const method = methodOf(optimizer)
  const numbers = method.numbers.map((name): [string, Value] => [name, graph.placeholder(name, 'float32', [])])

  const seeds = new Map(
    measured
      .filter(({ layer }) => rulesOf(layer).drawsRandomNumbers)
      .map(({ layer: { name } }) => [name, graph.placeholder(seedInput(name), 'int32', [2])]),
  )

  const network = networkNodes(graph, {
    measured,
    input: images,
    mode: 'training',
    processor,
    read: variableReader(variables),
    seeds,
  })
  const classes = sizeOf(measured[measured.length - 1].output)
  const head = headNodes(graph.within('head'), model.head, {
    logits: network.logits,
    labels,
    mixed,
    classes,
    mode: 'training',
  })
  const share = graph.number('share', 1 / batch)
  const raw = network.gradients(mul(graph, 'mean_gradient', head.gradients, share))
  // No layer can have a name with a hyphen.
  const clipping = graph.within('clip-norm')
  const gradients = optimizer.clipNorm === null ? raw : clippedGradients(clipping, raw, optimizer.clipNorm)
  const computed = noOp(graph, 'computed', [...gradients.values(), ...network.statistics.values()])

  const updates = graph.within('update')
  const update = method.updaterIn(
    updates,
    numbers.map(([, value]) => value),
  )
  const decaying = new Set(
    measured
      .flatMap((layer) => layer.variables)
      .filter(decays)
      .map(({ name }) => name),
  )
  const written = [
    ...[...gradients].map(([name, gradient]) =>
      update({
        name,
        variable: found(variables, name),
        slots: method.slots.map((slot) => found(variables, slotName(optimizer, name, slot))),
        decays: decaying.has(name),
        gradient,
        after: [computed],
      }),
    ),
    ...[...network.statistics].map(([name, value]) =>
      assignVariable(updates, name, found(variables, name), value, [computed]),
    ),
  ]

  const correct =
    mixed === null ? correctOf(graph, head.answers, labels) : mixedCorrectOf(graph, head.answers, labels, mixed)
  const loss = mul(graph, 'mean_loss', summed(graph, head.losses), share)
  return {
    inputs: new Map<string, AnyValue>([
      ['images', images],
      ['labels', labels],
      ...(mixed === null
        ? []
        : ([
            ['mixed_labels', mixed.labels],
            ['mixed_weights', mixed.weights],
          ] as const)),
      ...numbers,
      ...[...seeds].map(([name, seed]) => [seedInput(name), seed] as const),
    ]),
    outputs: new Map<string, AnyValue>([
      ['loss', graph.fetch('loss', loss, written)],
      ['correct', graph.fetch('correct_answers', correct, written)],
    ]),
  }
}
