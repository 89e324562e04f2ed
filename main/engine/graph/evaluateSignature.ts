import { type LayerGeometry, sizeOf } from '../../../core/geometry.ts'
import type { Model } from '../../../core/model.ts'
import { float32, type GraphBuilder, int32, type Output, type Signature } from './graphBuilder.ts'
import { correctOf, headNodes, summed } from './head.ts'
import { handleOf, networkNodes, variableReader } from './network.ts'

/** `[batch, height, width, channels]` becomes `[2 * batch, ...]`: the images, then the same mirrored left to right. */
function withMirrorImages(graph: GraphBuilder, images: Output): Output {
  const mirrored = graph.add('ReverseV2', 'mirrored', [images, graph.extents('width_axis', [2])], {
    T: float32,
    Tidx: int32,
  })
  const batchAxis = graph.constant('image_axis', { type: 'int32', shape: [], values: [0] })
  return graph.add('ConcatV2', 'with_mirrored', [images, mirrored, batchAxis], {
    N: { int: 2 },
    T: float32,
    Tidx: int32,
  })
}

/** `[2 * batch, classes]` becomes `[batch, classes]`: the mean of the first and the second half. */
function meanOfHalves(graph: GraphBuilder, logits: Output, classes: number): Output {
  const halves = graph.add('Reshape', 'halves', [logits, graph.extents('halves_shape', [2, -1, classes])], {
    T: float32,
    Tshape: int32,
  })
  return graph.add('Mean', 'mean_logits', [halves, graph.extents('halves_axis', [0])], { T: float32, Tidx: int32 })
}

/**
 * Measures a batch of any size with the running statistics: `images` and `labels` in, `lossSum` (the plain loss,
 * without label smoothing) and `correct` out. Nothing is changed.
 * @param flips Whether the logits of an image are the mean of its own and its mirror image's.
 * @param rising Whether it may be run only while no scale of the `pooledNorms` is negative.
 */
export function evaluateSignature(
  graph: GraphBuilder,
  variables: ReadonlyMap<string, Output>,
  {
    model,
    measured,
    flips,
    rising,
  }: { model: Model; measured: readonly LayerGeometry[]; flips: boolean; rising: boolean },
): Signature {
  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'float32', [-1, height, width, channels])
  const labels = graph.placeholder('labels', 'int32', [-1])
  const classes = sizeOf(measured[measured.length - 1].output)
  const input = flips ? withMirrorImages(graph, images.output) : images.output
  const network = networkNodes(graph, {
    measured,
    input,
    batch: -1,
    mode: 'inference',
    rising,
    read: variableReader(variables),
    seeds: new Map(),
  })
  const logits = flips ? meanOfHalves(graph, network.logits, classes) : network.logits
  const head = headNodes(graph.within('head'), model.head, {
    logits,
    labels: labels.output,
    mixed: null,
    classes,
    mode: 'inference',
  })
  return {
    inputs: new Map([
      ['images', images],
      ['labels', labels],
    ]),
    outputs: new Map([
      ['lossSum', graph.fetch('loss', summed(graph, head.losses), 'float32', [])],
      ['correct', graph.fetch('correct_answers', correctOf(graph, head.answers, labels.output), 'int32', [])],
    ]),
  }
}

/** `lowest` out: the lowest scale of these batch normalisations, 0 where there are none. */
export function lowestScaleSignature(
  graph: GraphBuilder,
  variables: ReadonlyMap<string, Output>,
  norms: readonly string[],
): Signature {
  const lowest = (name: string, values: Output): Output =>
    graph.add('Min', name, [values, graph.extents(`${name}_axis`, [0])], { T: float32, Tidx: int32 })
  const ofEach = norms.map((norm) =>
    lowest(
      norm,
      graph.add('ReadVariableOp', `${norm}_scale`, [handleOf(variables, `${norm}/scale`)], { dtype: float32 }),
    ),
  )
  const all =
    ofEach.length === 0
      ? graph.number('none', 0)
      : lowest('of_all', graph.add('Pack', 'each', ofEach, { T: float32, N: { int: ofEach.length } }))
  return { inputs: new Map(), outputs: new Map([['lowest', graph.fetch('lowest', all, 'float32', [])]]) }
}
