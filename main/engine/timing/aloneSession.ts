import type { Optimizer } from '../../../core/run/optimizer.ts'
import { GraphSession } from '../graph/graphSession.ts'
import { processor } from '../process/processor.ts'
import { loadTensorflow } from '../process/tensorflow.ts'
import { type AloneSignature, compileAlone, type HeadAlone, type LayerAlone } from './aloneGraph.ts'
import { someNumbers, valuesFor } from './someNumbers.ts'

/** Layers in TensorFlow, each of which can be timed alone. */
export interface AloneSession {
  /** Seconds of one run of a signature. */
  readonly time: (name: Exclude<AloneSignature, 'write'>) => number
  readonly dispose: () => void
}

/**
 * Loads layers into TensorFlow, and TensorFlow if it is not loaded yet.
 * @throws LabError `engine-unavailable`, `disk-full` or `write-failed`.
 */
export function openAlone(
  layers: readonly LayerAlone[],
  head: HeadAlone | null,
  { batch, optimizer }: { readonly batch: number; readonly optimizer: Optimizer },
): AloneSession {
  const tf = loadTensorflow()
  const graph = compileAlone(layers, head, { batch, optimizer, processor })
  const session = new GraphSession(graph)
  const numbers = someNumbers()
  session.run(
    'write',
    new Map(
      graph.variables.map((variable) => [
        variable.name,
        tf.tensor(valuesFor(variable, numbers), [...variable.shape], 'float32'),
      ]),
    ),
    () => undefined,
  )
  const feeds = {
    seed: () => tf.tensor1d(Int32Array.of(3, 4), 'int32'),
    labels: () => tf.tensor1d(new Int32Array(batch), 'int32'),
  }
  return {
    time: (name) => {
      const inputs = graph.signatures[name]?.inputs
      const begin = performance.now()
      session.run(
        name,
        new Map(
          (['seed', 'labels'] as const)
            .filter((input) => inputs?.has(input) === true)
            .map((input) => [input, feeds[input]()]),
        ),
        () => undefined,
      )
      return (performance.now() - begin) / 1000
    },
    dispose: () => session.dispose(),
  }
}
