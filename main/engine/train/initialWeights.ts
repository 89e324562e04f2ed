import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import type { Model } from '../../../core/network/model.ts'
import { drawnFrom, drawWeights } from '../../../core/network/drawnWeights.ts'
import type { RandomNumbers } from '../../../core/numbers/random.ts'
import type { Optimizer } from '../../../core/run/run.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import { sessionVariables } from '../graph/optimizers.ts'
import type { TensorValue } from '../shared/tensorValue.ts'
import { whiteningKernel, type ScaledImages } from './whitening.ts'

/**
 * Turns the first filters of a convolution, one for each input map, into identity filters: 1 at the centre of that map,
 * which passes the value on with `same` padding, and 0 elsewhere.
 */
function passOn(data: Float32Array, [height, width, maps, filters]: readonly number[]): void {
  const middle = Math.floor((height - 1) / 2) * width + Math.floor((width - 1) / 2)
  const passing = Math.min(maps, filters)
  for (let place = 0; place < height * width; place += 1) {
    for (let map = 0; map < maps; map += 1) {
      const first = (place * maps + map) * filters
      data.fill(0, first, first + passing)
      if (place === middle && map < passing) data[first + map] = 1
    }
  }
}

/** Values that are drawn in one part; a multiple of 4, because every four values share their random words. */
const drawnAtOnce = 1 << 18

/**
 * The values with which a variable begins, computed in parts.
 * @param index The variable's place among the network's, which names its stream of random numbers.
 * @param images As of `initialVariables`.
 * @returns a generator that yields the number of values drawn so far, and returns all of them.
 */
export function* initialValues(
  { initial, shape }: Variable,
  index: number,
  random: RandomNumbers,
  images: () => ScaledImages,
): Generator<number, Float32Array> {
  const [height, width, , filters] = shape
  if (initial.kind === 'whitening') return whiteningKernel(images(), { height, width }, filters)
  const data = new Float32Array(sizeOf(shape))
  if (initial.kind === 'constant') return data.fill(initial.value)
  const drawing = drawnFrom(initial)
  for (let from = 0; from < data.length; from += drawnAtOnce) {
    const to = Math.min(data.length, from + drawnAtOnce)
    drawWeights(data, { from, to }, drawing, (block) => random.words('weights', 0, index, block))
    yield to
  }
  if (initial.kind === 'identity') passOn(data, shape)
  return data
}

function allOf(parts: Generator<number, Float32Array>): Float32Array {
  for (;;) {
    const part = parts.next()
    if (part.done === true) return part.value
  }
}

/**
 * The initial values of everything that a session keeps, by checkpoint name: weights from the run's seed (one stream of
 * random numbers per variable, by its place in the network), constants, and zeros for the optimizer's slots.
 * @param images Training images scaled for the network, for kernels that whiten them. Called only if the network has
 *   such kernels.
 * @param given Variables that begin with these values, by name.
 */
export function initialVariables(
  model: Model,
  optimizer: Optimizer,
  random: RandomNumbers,
  images: () => ScaledImages,
  given: ReadonlyMap<string, TensorValue> = new Map(),
): Map<string, TensorValue> {
  return new Map(
    sessionVariables(model, optimizer).map((variable, index) => [
      variable.name,
      given.get(variable.name) ?? {
        shape: variable.shape,
        data: allOf(initialValues(variable, index, random, images)),
      },
    ]),
  )
}
