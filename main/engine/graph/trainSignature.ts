import { type LayerGeometry, sizeOf } from '../../../core/geometry.ts'
import type { Model } from '../../../core/model.ts'
import type { Optimizer } from '../../../core/run.ts'
import { clippedGradients } from './clip.ts'
import { float32, type GraphBuilder, type Output, type Port, type Signature } from './graphBuilder.ts'
import { correctOf, headNodes, mixedCorrectOf, summed } from './head.ts'
import { handleOf, networkNodes, variableReader } from './network.ts'
import { decays, methodOf, slotName } from './optimizers.ts'
import { seedInput } from './seedInputs.ts'

/**
 * One training step: `images` [batch, height, width, channels], `labels` [batch], the optimizer's numbers, and a seed
 * for each layer that draws random numbers in; where images are mixed, the `mixed_labels` of those mixed in and the
 * `mixed_weights` of their own, [batch] each; `loss` (mean of the batch, as the head defines it) and `correct` (number
 * of right answers) out, both before the update.
 *
 * The batch is fixed, so that TensorFlow knows every shape beforehand. No variable is written before every gradient
 * and statistic of the step has been computed: the step is one function of the variables at its beginning, and one
 * that fails in the middle (a label out of range, no memory) has changed nothing.
 */
export function trainSignature(
  parent: GraphBuilder,
  variables: ReadonlyMap<string, Output>,
  {
    model,
    measured,
    optimizer,
    batch,
    mixup,
  }: { model: Model; measured: readonly LayerGeometry[]; optimizer: Optimizer; batch: number; mixup: boolean },
): Signature {
  const graph = parent.within('train')
  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'float32', [batch, height, width, channels])
  const labels = graph.placeholder('labels', 'int32', [batch])
  const mixing = mixup
    ? {
        labels: graph.placeholder('mixed_labels', 'int32', [batch]),
        weights: graph.placeholder('mixed_weights', 'float32', [batch]),
      }
    : null
  const mixed = mixing === null ? null : { labels: mixing.labels.output, weights: mixing.weights.output }
  const method = methodOf(optimizer)
  const numbers = method.numbers.map((name): [string, Port] => [name, graph.placeholder(name, 'float32', [])])

  const seeds = measured
    .filter(({ layer }) => layer.kind === 'dropout')
    .map(({ layer }): [string, Port] => [layer.name, graph.placeholder(seedInput(layer.name), 'int32', [2])])

  const network = networkNodes(graph, {
    measured,
    input: images.output,
    batch,
    mode: 'training',
    read: variableReader(variables),
    seeds: new Map(seeds.map(([name, { output }]) => [name, output])),
  })
  const classes = sizeOf(measured[measured.length - 1].output)
  const head = headNodes(graph.within('head'), model.head, {
    logits: network.logits,
    labels: labels.output,
    mixed,
    classes,
    mode: 'training',
  })
  const share = graph.number('share', 1 / batch)
  const raw = network.gradients(graph.add('Mul', 'mean_gradient', [head.gradients, share], { T: float32 }))
  const gradients = optimizer.clipNorm === null ? raw : clippedGradients(graph.within('clip'), raw, optimizer.clipNorm)
  const computed = graph.add('NoOp', 'computed', [], {}, [...gradients.values(), ...network.statistics.values()])

  const updates = graph.within('update')
  const update = method.updaterIn(
    updates,
    numbers.map(([, port]) => port.output),
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
        variable: handleOf(variables, name),
        slots: method.slots.map((slot) => handleOf(variables, slotName(optimizer, name, slot))),
        decays: decaying.has(name),
        gradient,
        after: [computed],
      }),
    ),
    ...[...network.statistics].map(([name, value]) =>
      updates.add('AssignVariableOp', name, [handleOf(variables, name), value], { dtype: float32 }, [computed]),
    ),
  ]

  const correct =
    mixed === null
      ? correctOf(graph, head.answers, labels.output)
      : mixedCorrectOf(graph, head.answers, labels.output, mixed)
  const loss = graph.add('Mul', 'mean_loss', [summed(graph, head.losses), share], { T: float32 })
  return {
    inputs: new Map<string, Port>([
      ['images', images],
      ['labels', labels],
      ...(mixing === null
        ? []
        : ([
            ['mixed_labels', mixing.labels],
            ['mixed_weights', mixing.weights],
          ] as const)),
      ...numbers,
      ...seeds.map(([name, port]): [string, Port] => [seedInput(name), port]),
    ]),
    outputs: new Map([
      ['loss', graph.fetch('loss', loss, 'float32', [], written)],
      ['correct', graph.fetch('correct_answers', correct, mixed === null ? 'int32' : 'float32', [], written)],
    ]),
  }
}
