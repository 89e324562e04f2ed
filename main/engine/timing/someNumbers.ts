import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import { sizeOf } from '../../../core/network/shapes.ts'

/** So many numbers are drawn, and repeated; an odd number, so that the images of a batch differ. */
const drawn = 10_007

/** Numbers from -1 to 1, none of them so small that a processor computes with its squares slowly. */
export function someNumbers(): Float32Array {
  const random = new RandomNumbers(1)
  return Float32Array.from({ length: drawn }, (_, index) => {
    const value = random.between(-1, 1, 'timing', 0, index)
    return Math.abs(value) < 0.01 ? 0.01 : value
  })
}

/** Values with which a layer's numbers keep their usual size: constants as they are, the others drawn. */
export function valuesFor({ shape, initial }: Variable, numbers: Float32Array): Float32Array {
  const data = new Float32Array(sizeOf(shape))
  if (initial.kind === 'constant') return data.fill(initial.value)
  const scale = initial.kind === 'whitening' ? 1 : Math.sqrt(3 / initial.fanIn)
  for (let at = 0; at < data.length; at += 1) data[at] = scale * numbers[at % drawn]
  return data
}
