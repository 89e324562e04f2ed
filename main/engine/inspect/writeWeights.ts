import { phrase } from '../../../core/words/phrases.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { Weights } from '../checkpoint/networkWeights.ts'
import type { GraphSession } from '../graph/graphSession.ts'
import { loadTensorflow } from '../process/tensorflow.ts'
import type { TensorValue } from '../shared/tensorValue.ts'

/**
 * Sets variables of a graph from the weights of a checkpoint, which may have others too.
 * @param session Has the signature `write` of `writeSignature`.
 * @throws LabError `checkpoint-damaged` when one is missing or has another shape.
 */
export function writeWeights(
  session: Pick<GraphSession<'write'>, 'run'>,
  variables: readonly Variable[],
  weights: Weights,
): void {
  const tf = loadTensorflow()
  const wanted = variables.map(({ name, shape }): [string, TensorValue] => {
    const tensor = weights.get(name)
    if (tensor === undefined || tensor.shape.join() !== shape.join())
      return refuse('checkpoint-damaged', { file: name, detail: phrase('no-tensor-of', { extents: shape.join(', ') }) })
    return [name, tensor]
  })
  const feeds = new Map(wanted.map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape], 'float32')]))
  session.run('write', feeds, () => undefined)
}
