import type { Tensor as TensorflowTensor } from '@tensorflow/tfjs-node'
import { gradientsBy } from '../../../core/graph/gradients.ts'
import { type AnyValue, GraphBuilder, type Signature } from '../../../core/graph/graphBuilder.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import { type LayerGeometry, measure } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Shape } from '../../../core/network/shapes.ts'
import type { Weights } from '../checkpoint/networkWeights.ts'
import { GraphSession } from '../graph/graphSession.ts'
import { networkNodes, variableReader } from '../graph/network.ts'
import { variableHandles, writeSignature } from '../graph/variableSignatures.ts'
import { processor } from '../process/processor.ts'
import { loadTensorflow } from '../process/tensorflow.ts'
import { writeWeights } from './writeWeights.ts'

type AscentSignature = 'write' | 'output' | 'gradient'

/** A layer and all that it is computed from, in the network's order. @throws Error when there is no such layer. */
function layersUpTo(model: Model, layer: string): LayerGeometry[] {
  const needed = new Set([layer])
  const measured = measure(model)
    .toReversed()
    .filter((one) => {
      if (!needed.has(one.layer.name)) return false
      for (const { from } of one.inputs) needed.add(from)
      return true
    })
    .toReversed()
  if (measured.length === 0) throw new Error(`the network has no layer ${layer}`)
  return measured
}

/** A network up to one of its layers, which also gives the gradient by the image of anything that is computed from it. */
export class AscentNetwork {
  /** Shape of the layer's output, without the batch. */
  readonly shape: Shape
  readonly #input: Model['input']
  readonly #variables: readonly Variable[]
  readonly #session: GraphSession<AscentSignature>

  /** @throws LabError `model-invalid`, `engine-unavailable`, `disk-full` or `write-failed`. */
  constructor(model: Model, layer: string) {
    loadTensorflow()
    const measured = layersUpTo(model, layer)
    const { height, width, channels } = model.input
    const graph = new GraphBuilder()
    const variables = measured.flatMap((one) => one.variables)
    const handles = variableHandles(graph, variables)
    const image = graph.placeholder('image', 'float32', [1, height, width, channels])
    const { logits: output } = networkNodes(graph, {
      measured,
      input: image,
      mode: 'inspection',
      processor,
      read: variableReader(handles),
      seeds: new Map(),
    })
    const byOutput = graph.placeholder('by_output', 'float32', output.shape)
    const gradient = gradientsBy(graph, output, byOutput, [image]).get(image)
    if (gradient === undefined) throw new Error(`the layer ${layer} does not depend on the image`)
    const signatures: Record<AscentSignature, Signature> = {
      write: writeSignature(graph, variables, handles),
      output: {
        inputs: new Map([['image', image]]),
        outputs: new Map([['output', graph.fetch('given_output', output)]]),
      },
      gradient: {
        inputs: new Map<string, AnyValue>([
          ['image', image],
          ['by_output', byOutput],
        ]),
        outputs: new Map([['gradient', graph.fetch('given_gradient', gradient)]]),
      },
    }
    this.#input = model.input
    this.shape = measured[measured.length - 1].output
    this.#variables = variables
    this.#session = new GraphSession({ nodes: graph.nodes, signatures })
  }

  /** Sets the weights. @throws as `writeWeights` does. */
  write(weights: Weights): void {
    writeWeights(this.#session, this.#variables, weights)
  }

  /** What the layer makes of an image. @param image `[height, width, channels]` in the network's scale. */
  output(image: Float32Array): Float32Array {
    return this.#session.run('output', this.#image(image), ([output]) => output.dataSync<'float32'>())
  }

  /**
   * The gradient by an image of something that is computed from the layer's output.
   * @param byOutput The gradient of that by the output, in its shape.
   */
  gradient(image: Float32Array, byOutput: Float32Array): Float32Array {
    const feeds = this.#image(image)
    feeds.set('by_output', loadTensorflow().tensor(byOutput, [1, ...this.shape], 'float32'))
    return this.#session.run('gradient', feeds, ([gradient]) => gradient.dataSync<'float32'>())
  }

  /** Frees everything in TensorFlow. */
  dispose(): void {
    this.#session.dispose()
  }

  #image(image: Float32Array): Map<string, TensorflowTensor> {
    const { height, width, channels } = this.#input
    return new Map([['image', loadTensorflow().tensor(image, [1, height, width, channels], 'float32')]])
  }
}
