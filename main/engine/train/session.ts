import type { Tensor as TensorflowTensor } from '@tensorflow/tfjs-node'
import type { LayerHealth } from '../../../core/health/health.ts'
import { classesOf } from '../../../core/network/geometry.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import type { Pace } from '../../../core/run/schedule.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import { compileNetwork, type NetworkOptions } from '../graph/compile.ts'
import { GraphSession } from '../graph/graphSession.ts'
import { methodOf } from '../graph/optimizers.ts'
import { readHealth } from '../graph/readHealth.ts'
import { seedInput } from '../graph/trainSignature.ts'
import { LayerSeeds } from './layerSeeds.ts'
import type { Mix } from '../feed/mixup.ts'
import { processor } from '../process/processor.ts'
import { loadTensorflow } from '../process/tensorflow.ts'
import type { TensorValue } from '../shared/tensorValue.ts'

/**
 * A network in training. Its variables live in TensorFlow and change only through these calls. All calls are
 * synchronous. TensorFlow may read the arrays passed to it in place until the call returns.
 */
export interface NetworkSession {
  /**
   * One training step, with the statistics of the batch.
   * @param images `[batch, height, width, channels]` in the network's pixel scale; batch as given to `openSession`.
   * @param labels `[batch]`, each the index of a class.
   * @param step From 1 on. Dropout depends on the seed and the step. Adam's bias correction is computed from the step
   *   in double precision.
   * @param mix What was mixed into each image; null exactly when the session was opened without mixup.
   * @returns the mean loss, as the model's head defines it, and the number of correct answers in the batch, both before
   *   the update. For a mixed image, each of its two labels counts with its share.
   * @throws Error when a size or a label does not fit, or when no variables have been written yet. No variable has
   *   changed then.
   */
  trainStep(
    images: Float32Array,
    labels: Int32Array,
    step: number,
    pace: Pace,
    mix: Mix | null,
  ): { loss: number; correct: number }
  /**
   * Sum of the plain losses, without label smoothing, and number of correct answers for a batch of any size. Uses the
   * running statistics and changes nothing.
   */
  evaluateBatch(images: Float32Array, labels: Int32Array): { lossSum: number; correct: number }
  /**
   * Keeps copies of the trained variables until health is measured, so that the next step's update can be. Needs a
   * session that was opened for health, as does `measureHealth`.
   */
  keepWeights(): void
  /**
   * Measures the health of each layer, after `keepWeights`. Changes nothing that training, evaluation and checkpoints
   * read.
   * @param images As for `evaluateBatch`, and so are the labels; as many as given to `openSession`.
   * @param updated Whether a step was trained since the weights were kept.
   */
  measureHealth(images: Float32Array, labels: Int32Array, updated: boolean): LayerHealth[]
  /**
   * Copies of all variables by their names in a checkpoint: weights, running statistics, and optimizer slots such as
   * `adam/<tensor>/m`.
   * @param into The result of an earlier call that is no longer needed. Its memory is overwritten, because allocating
   *   new memory can take several times as long as copying.
   */
  readVariables(into?: ReadonlyMap<string, TensorValue>): Map<string, TensorValue>
  /**
   * Sets all variables to copies of these values. A new session has no values until this is called.
   * @throws Error when a name is missing or unknown, or a shape differs. No variable has changed then.
   */
  writeVariables(tensors: ReadonlyMap<string, TensorValue>): void
  /** Frees everything in TensorFlow. No other call may follow. */
  dispose(): void
}

export interface SessionOptions extends Omit<NetworkOptions, 'processor'> {
  /** The run's seed, which determines dropout. */
  readonly seed: number
}

/** The single number in each tensor. */
function numbersOf(tensors: readonly TensorflowTensor[]): number[] {
  return tensors.map((tensor) => tensor.dataSync()[0])
}

function floatsOf(tensor: TensorflowTensor): Float32Array {
  const values = tensor.dataSync()
  if (values instanceof Float32Array) return values
  throw new Error(`TensorFlow gave ${tensor.dtype} where float32 was expected`)
}

function integersOf(tensor: TensorflowTensor): Int32Array {
  const values = tensor.dataSync()
  if (values instanceof Int32Array) return values
  throw new Error(`TensorFlow gave ${tensor.dtype} where int32 was expected`)
}

/**
 * Copies a tensor into existing memory and frees the intermediate copy at once, so that the next tensor can reuse it.
 * Garbage collection would free it much later.
 */
function copyInto(data: Float32Array, tensor: TensorflowTensor): Float32Array {
  const values = floatsOf(tensor)
  data.set(values)
  if (values.buffer instanceof ArrayBuffer) values.buffer.transfer(0)
  return data
}

/** Checks that the names and shapes of the tensors are exactly those of the variables. */
function checkVariables(variables: readonly Variable[], tensors: ReadonlyMap<string, TensorValue>): void {
  for (const { name, shape } of variables) {
    const tensor = tensors.get(name)
    if (tensor === undefined) throw new Error(`the tensor ${name} is missing`)
    if (tensor.shape.join() !== shape.join() || tensor.data.length !== sizeOf(shape)) {
      throw new Error(
        `the tensor ${name} is [${tensor.shape.join(', ')}] with ${tensor.data.length} values; the network has [${shape.join(', ')}]`,
      )
    }
  }
  const known = new Set(variables.map(({ name }) => name))
  for (const name of tensors.keys()) {
    if (!known.has(name)) throw new Error(`the network has no tensor ${name}`)
  }
}

/**
 * Compiles a network and loads it into TensorFlow. Loads TensorFlow itself if it is not loaded yet.
 * @throws LabError `model-invalid`, `engine-unavailable`, `disk-full` or `write-failed` (the graph passes through a
 *   temporary folder).
 */
export function openSession({ seed, ...options }: SessionOptions): NetworkSession {
  const { model, optimizer, batch, mixup } = options
  const network = compileNetwork({ ...options, processor })
  const tf = loadTensorflow()
  const session = new GraphSession(network)
  const method = methodOf(optimizer)
  const { height, width, channels } = model.input
  const classes = classesOf(model)
  const seeds = new LayerSeeds(model, seed)

  const checkLabels = (labels: Int32Array): void => {
    const wrong = labels.find((label) => label < 0 || label >= classes)
    if (wrong !== undefined) throw new Error(`the label value ${wrong} is none of ${classes} classes`)
  }

  const batchFeeds = (images: Float32Array, labels: Int32Array): [string, TensorflowTensor][] => {
    if (images.length !== labels.length * height * width * channels)
      throw new Error(
        `${labels.length} labels do not fit ${images.length} values of images of [${height}, ${width}, ${channels}]`,
      )
    checkLabels(labels)
    return [
      ['images', tf.tensor4d(images, [labels.length, height, width, channels], 'float32')],
      ['labels', tf.tensor1d(labels, 'int32')],
    ]
  }

  const mixFeeds = (mix: Mix | null): [string, TensorflowTensor][] => {
    if ((mix !== null) !== mixup)
      throw new Error(mixup ? 'this session takes mixed images' : 'this session takes no mixed images')
    if (mix === null) return []
    if (mix.labels.length !== batch || mix.weights.length !== batch)
      throw new Error(`a step takes ${batch} images, not ${mix.labels.length} labels and ${mix.weights.length} weights`)
    checkLabels(mix.labels)
    return [
      ['mixed_labels', tf.tensor1d(mix.labels, 'int32')],
      ['mixed_weights', tf.tensor1d(mix.weights, 'float32')],
    ]
  }

  /**
   * Whether evaluation may use the graph for batch normalisations that keep the order of values. Null when the
   * variables have changed since this was last checked.
   */
  let rising: boolean | null = null

  return {
    trainStep(images, labels, step, pace, mix) {
      if (labels.length !== batch) throw new Error(`a step takes ${batch} images, not ${labels.length}`)
      const values = method.numbersAt(step, pace)
      const numbers = method.numbers.map((name, index): [string, TensorflowTensor] => [
        name,
        tf.scalar(values[index], 'float32'),
      ])
      const layerSeeds = seeds
        .at(step)
        .map(([name, value]): [string, TensorflowTensor] => [seedInput(name), tf.tensor1d(value, 'int32')])
      rising = null
      const [loss, correct] = session.run(
        'train',
        new Map([...batchFeeds(images, labels), ...mixFeeds(mix), ...numbers, ...layerSeeds]),
        numbersOf,
      )
      return { loss, correct }
    },
    evaluateBatch(images, labels) {
      rising ??= session.run('lowestScale', new Map(), numbersOf)[0] >= 0
      const [lossSum, correct] = session.run(
        rising ? 'evaluateRising' : 'evaluate',
        new Map(batchFeeds(images, labels)),
        numbersOf,
      )
      return { lossSum, correct }
    },
    keepWeights() {
      session.run('keepWeights', new Map(), () => undefined)
    },
    measureHealth(images, labels, updated) {
      const places = network.health
      if (places === null) throw new Error('this session measures no health')
      return session.run('health', new Map(batchFeeds(images, labels)), ([numbers, histograms]) =>
        readHealth(places, { numbers: floatsOf(numbers), histograms: integersOf(histograms) }, updated),
      )
    },
    readVariables(into) {
      return session.run('read', new Map(), (tensors) => {
        const read = network.variables.map(({ name, shape }, index): [string, TensorValue] => {
          const room = into?.get(name)
          return [
            name,
            { shape, data: room === undefined ? floatsOf(tensors[index]) : copyInto(room.data, tensors[index]) },
          ]
        })
        return new Map(read)
      })
    },
    writeVariables(tensors) {
      checkVariables(network.variables, tensors)
      rising = null
      session.run(
        'write',
        new Map([...tensors].map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape], 'float32')])),
        () => undefined,
      )
    },
    dispose: () => session.dispose(),
  }
}
