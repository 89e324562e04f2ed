import type { Tensor as TensorflowTensor } from '@tensorflow/tfjs-node'
import { imageName } from '../../../core/layers/parts/fields.ts'
import { sizeOf, type Shape } from '../../../core/network/shapes.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Weights } from '../checkpoint/networkWeights.ts'
import { GraphSession } from '../graph/graphSession.ts'
import { loadTensorflow } from '../process/tensorflow.ts'
import { byLogits, compileInspection, type InspectGraph, type InspectSignature } from './inspectGraph.ts'
import { writeWeights } from './writeWeights.ts'

function floatsOf(tensor: TensorflowTensor): Float32Array {
  // The binding copies the values, so they outlive the tensor.
  return tensor.dataSync<'float32'>()
}

/** A network ready to be asked, with one set of weights at a time. All calls are synchronous. */
export class InspectedNetwork {
  readonly model: Model
  readonly #graph: InspectGraph
  readonly #session: GraphSession<InspectSignature>

  /** @throws LabError `model-invalid`, `engine-unavailable`, `disk-full` or `write-failed`. */
  constructor(model: Model) {
    this.model = model
    loadTensorflow()
    this.#graph = compileInspection(model)
    this.#session = new GraphSession(this.#graph)
  }

  /**
   * Sets the weights and running statistics from those of a checkpoint; what only the optimizer needs is passed over.
   * @throws LabError `checkpoint-damaged` when one is missing or has another shape.
   */
  write(weights: Weights): void {
    writeWeights(this.#session, this.#graph.variables, weights)
  }

  /** Shape of a layer's output without the batch, or of `input`. @throws Error when there is no such layer. */
  shapeOf(layer: string): Shape {
    const { height, width, channels } = this.model.input
    if (layer === imageName) return [height, width, channels]
    const found = this.#graph.measured.find((one) => one.layer.name === layer)
    if (found === undefined) throw new Error(`the network has no layer ${layer}`)
    return found.output
  }

  /** Number of logits. */
  get logits(): number {
    return sizeOf(this.#graph.measured[this.#graph.measured.length - 1].output)
  }

  /**
   * The logits of a batch, row by row.
   * @param images `[batch, height, width, channels]` in the network's scale.
   */
  answer(images: Float32Array): Float32Array {
    return this.#session.run('answer', this.#images(images), ([logits]) => floatsOf(logits))
  }

  /**
   * The output of a layer for a batch.
   * @throws Error when there is no such layer.
   */
  output(layer: string, images: Float32Array): Float32Array {
    this.shapeOf(layer)
    if (layer === imageName) return images
    return this.#session.run(`layer:${layer}`, this.#images(images), ([output]) => floatsOf(output))
  }

  /**
   * The largest value of each map of a layer for a batch, `[batch, maps]`; of a vector, the values themselves.
   * @throws Error when there is no such layer.
   */
  peaks(layer: string, images: Float32Array): Float32Array {
    if (this.shapeOf(layer).length === 1) return this.output(layer, images)
    return this.#session.run(`peaks:${layer}`, this.#images(images), ([peaks]) => floatsOf(peaks))
  }

  /**
   * Where these values are in their maps, row by row; the first place where several are largest.
   * @throws Error when there is no such layer.
   */
  places(layer: string, images: Float32Array): Int32Array {
    const [count, shape] = [this.#count(images), this.shapeOf(layer)]
    if (shape.length === 1) return new Int32Array(count * shape[0])
    return this.#session.run(`places:${layer}`, this.#images(images), ([places]) => places.dataSync<'int32'>())
  }

  /**
   * The output of a layer for a batch, and the gradient of a score by it, in the same shape.
   * @param ofLogits Gradient of the score by the logits, `[batch, logits]`.
   * @throws Error when there is no such layer.
   */
  gradient(
    layer: string,
    images: Float32Array,
    ofLogits: Float32Array,
  ): { readonly output: Float32Array; readonly gradient: Float32Array } {
    this.shapeOf(layer)
    const feeds = this.#images(images)
    feeds.set(byLogits, loadTensorflow().tensor2d(ofLogits, [ofLogits.length / this.logits, this.logits], 'float32'))
    return this.#session.run(`gradient:${layer}`, feeds, ([output, gradient]) => ({
      output: floatsOf(output),
      gradient: floatsOf(gradient),
    }))
  }

  /** Frees everything in TensorFlow. */
  dispose(): void {
    this.#session.dispose()
  }

  #images(images: Float32Array): Map<string, TensorflowTensor> {
    const { height, width, channels } = this.model.input
    const shape: [number, number, number, number] = [this.#count(images), height, width, channels]
    return new Map([['images', loadTensorflow().tensor4d(images, shape, 'float32')]])
  }

  #count(images: Float32Array): number {
    const { height, width, channels } = this.model.input
    return images.length / (height * width * channels)
  }
}
