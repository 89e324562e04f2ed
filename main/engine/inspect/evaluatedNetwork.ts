import type { Tensor as TensorflowTensor } from '@tensorflow/tfjs-node'
import { GraphBuilder } from '../../../core/graph/graphBuilder.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import { measure } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Weights } from '../checkpoint/networkWeights.ts'
import { answersSignature, lowestScaleSignature } from '../graph/evaluateSignature.ts'
import { GraphSession } from '../graph/graphSession.ts'
import { pooledNorms } from '../graph/inferenceLayers.ts'
import { variableHandles, writeSignature } from '../graph/variableSignatures.ts'
import { processor } from '../process/processor.ts'
import { loadTensorflow } from '../process/tensorflow.ts'
import { writeWeights } from './writeWeights.ts'

type EvaluatedSignature = 'write' | 'answers' | 'answersRising' | 'lowestScale'

/**
 * A network that answers with the very graph of a run's evaluations, so that it counts the same answers as right. The
 * graph for looking rounds differently. All calls are synchronous.
 */
export class EvaluatedNetwork {
  readonly #model: Model
  readonly #variables: readonly Variable[]
  readonly #session: GraphSession<EvaluatedSignature>
  /** Whether the weights allow the faster graph; null after they have changed. */
  #rising: boolean | null = null

  /**
   * @param flips Whether the logits of an image are the mean of its own and those of its mirror image.
   * @throws LabError `model-invalid`, `engine-unavailable`, `disk-full` or `write-failed`.
   */
  constructor(model: Model, flips: boolean) {
    this.#model = model
    loadTensorflow()
    const graph = new GraphBuilder()
    const measured = measure(model)
    const norms = pooledNorms(measured, processor)
    this.#variables = measured.flatMap(({ variables }) => variables)
    const handles = variableHandles(graph, this.#variables)
    const place = { model, measured, flips, processor }
    const answers = answersSignature(graph.within('answers'), handles, { ...place, rising: false })
    const signatures = {
      write: writeSignature(graph, this.#variables, handles),
      answers,
      // Without such normalisations both graphs would have the same nodes.
      answersRising:
        norms.length === 0
          ? answers
          : answersSignature(graph.within('answers_rising'), handles, { ...place, rising: true }),
      lowestScale: lowestScaleSignature(graph.within('lowest_scale'), handles, norms),
    }
    this.#session = new GraphSession({ nodes: graph.nodes, signatures })
  }

  /** Sets the weights. @throws LabError `checkpoint-damaged` when one is missing or has another shape. */
  write(weights: Weights): void {
    this.#rising = null
    writeWeights(this.#session, this.#variables, weights)
  }

  /**
   * The logits of a batch, row by row.
   * @param images `[batch, height, width, channels]` in the network's scale.
   */
  answers(images: Float32Array): Float32Array {
    const read = ([tensor]: readonly TensorflowTensor[]): Float32Array => tensor.dataSync<'float32'>()
    this.#rising ??= this.#session.run('lowestScale', new Map(), read)[0] >= 0
    const { height, width, channels } = this.#model.input
    const shape: [number, number, number, number] = [
      images.length / (height * width * channels),
      height,
      width,
      channels,
    ]
    const feeds = new Map([['images', loadTensorflow().tensor4d(images, shape, 'float32')]])
    return this.#session.run(this.#rising ? 'answersRising' : 'answers', feeds, read)
  }

  /** Frees everything in TensorFlow. */
  dispose(): void {
    this.#session.dispose()
  }
}
