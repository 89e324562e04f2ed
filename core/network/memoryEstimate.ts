import type { DatasetCard } from '../data/dataset.ts'
import { type LayerGeometry, measure, trainedLayers } from './geometry.ts'
import { rulesOf } from '../layers/registry.ts'
import type { Optimizer } from '../run/optimizer.ts'
import type { RunConfig } from '../run/run.ts'
import { sizeOf } from './shapes.ts'

const megabyte = 1e6

/** Bytes of a float32. */
const floatBytes = 4

/** Conv Lab before a run: the program, its engine and TensorFlow's library. From `npm run bench`. */
const atRest = 511 * megabyte

/**
 * What the engine takes for any network once it trains: the graph, TensorFlow's buffers, the JavaScript of the loop.
 * Measured.
 */
const forAnyNetwork = 52 * megabyte

/**
 * Bytes of a step for each byte of the maps that its layers give. The forward pass keeps all maps for the gradients, but
 * for those below the lowest layer that is trained;
 * some of the gradients, and what the convolutions unfold or transform, exist beside them. The middle of what was
 * measured.
 */
const beyondMaps = 1.6

/** Images at a time when a set is measured, as the engine does it. */
const measuredBatch = 250

/**
 * Bytes of images up to which the engine holds all that a run takes of a set. Those of more are read when they are
 * needed.
 */
export const heldInMemory = 256 * megabyte

/** What the engine takes to read images ahead, of those that train and of those that are measured together. */
export const readAhead = 128 * megabyte

/** What decides the memory of a run. */
export type MemoryConfig = Pick<RunConfig, 'model' | 'optimizer' | 'batch' | 'evaluation'>

/** What a run takes of a set: the extents of its images, a byte a value, and how many there are in both splits. */
export type MemoryData = Pick<DatasetCard, 'image' | 'sizes'>

/** Values that the optimizer keeps beside each trained one: Adam's two moments, or the velocity. */
const slots: Record<Optimizer['kind'], number> = { adam: 2, adamw: 2, sgd: 1 }

/** The numbers of some variables. */
function sumOf(variables: LayerGeometry['variables']): number {
  return variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}

/** The most numbers that one of some layers takes and gives for one image. */
function widestOf(measured: readonly LayerGeometry[]): number {
  return Math.max(
    0,
    ...measured.map(({ inputs, output }) => inputs.reduce((sum, { shape }) => sum + sizeOf(shape), sizeOf(output))),
  )
}

/**
 * Bytes that do not depend on the batch, bytes of a training step for each of its images, and bytes of measuring a set.
 */
function parts(
  { model, optimizer, evaluation }: MemoryConfig,
  { image, sizes }: MemoryData,
): { readonly fixed: number; readonly perImage: number; readonly measuring: number } {
  const measured = measure(model)
  const { height, width, channels } = model.input
  const taken = sizes.train + sizes.test
  const bytes = taken * image.height * image.width * image.channels
  // Each image has a label, and a number in the files where images are read as they are needed.
  const data = bytes <= heldInMemory ? bytes + 2 * taken : readAhead + 6 * taken

  const trained = measured.reduce((sum, layer) => sum + layer.parameters, 0)
  const all = measured.reduce((sum, { variables }) => sum + sumOf(variables), 0)
  const kept = all + trained * slots[optimizer.kind]
  // Three copies: TensorFlow's, the initial ones of a run, and those of a checkpoint being written. And one gradient.
  const variables = (3 * kept + trained) * floatBytes

  // The layers that gradients reach, and what enters them from below.
  const reached = trainedLayers(measured)
  const isReached = ({ layer }: LayerGeometry): boolean => reached.has(layer.name)
  const entering = new Set(measured.filter(isReached).flatMap(({ inputs }) => inputs.map(({ from }) => from)))
  const maps = measured.reduce(
    (sum, geometry) =>
      sum +
      (rulesOf(geometry.layer).sharesMemory === true || !(isReached(geometry) || entering.has(geometry.layer.name))
        ? 0
        : sizeOf(geometry.output)),
    height * width * channels,
  )
  // Without gradients a map is freed once the next one is there.
  const widest = widestOf(measured)
  return {
    fixed: atRest + forAnyNetwork + data + variables,
    perImage: Math.max(maps * beyondMaps, widestOf(measured.filter((one) => !isReached(one)))) * floatBytes,
    // Mirror images go through the network together with the images.
    measuring: widest * floatBytes * Math.min(measuredBatch, sizes.test) * (evaluation.flips ? 2 : 1),
  }
}

/**
 * Estimated resident memory, in bytes, of all of Conv Lab while a run trains. It follows from the sizes of what is kept
 * and from figures measured on Linux. It counts the program and engine at rest, the data set, the variables with the
 * optimizer's slots, and the maps of one training step, or those of measuring the test set where they are larger.
 * @throws LabError `model-invalid`
 */
export function estimatedMemory(config: MemoryConfig, data: MemoryData): number {
  const { fixed, perImage, measuring } = parts(config, data)
  return fixed + Math.max(config.batch * perImage, measuring)
}

/**
 * The largest batch with which a run, otherwise as it is, stays within so many bytes by the estimate; 0 where none
 * does.
 * @throws LabError `model-invalid`
 */
export function largestBatchWithin(bytes: number, config: MemoryConfig, data: MemoryData): number {
  const { fixed, perImage, measuring } = parts(config, data)
  return fixed + measuring > bytes ? 0 : Math.floor((bytes - fixed) / perImage)
}

/**
 * A batch to suggest after the configuration's batch did not fit into memory: the largest that fits by the estimate. If
 * the estimate says that the configuration's own batch fits, which it did not, half of that. 0 where none fits.
 * @throws LabError `model-invalid`
 */
export function smallerBatchWithin(bytes: number, config: MemoryConfig, data: MemoryData): number {
  const largest = largestBatchWithin(bytes, config, data)
  return largest < config.batch ? largest : Math.floor(config.batch / 2)
}
