import type { Tensor as TensorflowTensor } from '@tensorflow/tfjs-node'
import type { GraphNode, Signature } from '../../../core/graph/graphBuilder.ts'
import { tensorflowBackend } from '../process/tensorflow.ts'
import { savedModelBytes, servingTag, textOf, withSavedModel } from './savedModel.ts'

/** A graph and its signatures, the ways to run it. */
export interface Graph<Name extends string> {
  readonly nodes: readonly GraphNode[]
  /** Some may be left out of a graph. */
  readonly signatures: Readonly<Partial<Record<Name, Signature>>>
}

/**
 * A graph loaded into TensorFlow. Uses the backend's own calls, which `tf.node.loadSavedModel` wraps. They are
 * synchronous, and one session serves all signatures without reading the file once for each.
 */
export class GraphSession<Name extends string> {
  readonly #signatures: Graph<Name>['signatures']
  /** TensorFlow's number for the session; null once it is freed. */
  #id: number | null

  /** @throws LabError `engine-unavailable`, `disk-full` or `write-failed` */
  constructor({ nodes, signatures }: Graph<Name>) {
    this.#signatures = signatures
    this.#id = withSavedModel(savedModelBytes(nodes, signatures), (folder) =>
      tensorflowBackend().loadSavedModelMetaGraph(folder, servingTag),
    )
  }

  /**
   * Runs one signature. Disposes the feeds in any case, and the outputs after `use` has returned.
   * @param feeds By the names of the signature's inputs.
   * @param use Reads what it needs from the outputs, in the order of the signature. It must not keep any of them.
   * @throws Error when TensorFlow refuses, for example a label that is no class.
   */
  run<Result>(
    name: Name,
    feeds: ReadonlyMap<string, TensorflowTensor>,
    use: (outputs: readonly TensorflowTensor[]) => Result,
  ): Result {
    let fetched: readonly TensorflowTensor[] = []
    try {
      if (this.#id === null) throw new Error('the session has been disposed')
      const signature = this.#signatures[name]
      if (signature === undefined) throw new Error(`the graph has no ${name}`)
      const { inputs, outputs } = signature
      const tensors: TensorflowTensor[] = []
      const ports = []
      for (const [input, value] of inputs) {
        const tensor = feeds.get(input)
        if (tensor === undefined) throw new Error(`${name} needs ${input}`)
        tensors.push(tensor)
        ports.push({ name: textOf(value), dtype: tensor.dtype })
      }
      fetched = tensorflowBackend().runSavedModel(this.#id, tensors, ports, [...outputs.values()].map(textOf))
      return use(fetched)
    } finally {
      for (const tensor of feeds.values()) tensor.dispose()
      for (const tensor of fetched) tensor.dispose()
    }
  }

  /** Frees the session and its variables. A second call does nothing. */
  dispose(): void {
    if (this.#id === null) return
    tensorflowBackend().deleteSavedModel(this.#id)
    this.#id = null
  }
}
