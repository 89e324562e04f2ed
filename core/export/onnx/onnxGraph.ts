import type { Weights } from '../exportedNetwork.ts'
import { floatsField, integersField, nodeField, type OnnxAttribute } from './onnxMessages.ts'
import type { Pieces } from '../pieces.ts'

/** Collects the nodes and constants of an ONNX graph. Each value has a name, by which nodes take it. */
export class OnnxGraph {
  readonly #nodes: Pieces[] = []
  readonly #constants: Pieces[] = []

  /** The fields of `GraphProto` so far. */
  get fields(): readonly Pieces[] {
    return [...this.#nodes, ...this.#constants]
  }

  /** Adds an operation and gives the name of its output. */
  add(
    operation: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    this.#nodes.push(nodeField(operation, inputs, output, attributes))
    return output
  }

  /** Adds constant values of float32. */
  weights(name: string, values: Weights): string {
    this.#constants.push(floatsField(name, values))
    return name
  }

  /** Adds one constant number. */
  number(name: string, value: number): string {
    return this.weights(name, { shape: [], data: Float32Array.of(value) })
  }

  /** Adds constant whole numbers in one dimension. */
  integers(name: string, values: readonly number[]): string {
    this.#constants.push(integersField(name, values))
    return name
  }
}
