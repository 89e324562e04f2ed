import { activationValue } from '../layers/parts/activationValue.ts'
import type { ActivationFunction } from '../layers/parts/activationFunction.ts'
import type { Initializer } from '../layers/parts/initializer.ts'
import { drawnFrom, drawWeights } from '../network/drawnWeights.ts'
import { RandomNumbers } from '../numbers/random.ts'

/** Dense layers of equal width, one behind the other. */
export interface EqualLayers {
  /** `zero`: all weights are 0. */
  readonly initial: Initializer | 'zero'
  readonly activation: ActivationFunction
  readonly units: number
  readonly layers: number
}

/** The kernel `[units, units]` of a layer, drawn as the engine draws it. */
function kernelOf({ initial, units }: EqualLayers, layer: number, random: RandomNumbers): Float32Array {
  const kernel = new Float32Array(units * units)
  if (initial === 'zero') return kernel
  const drawing = drawnFrom({ kind: initial, fanIn: units, fanOut: units })
  drawWeights(kernel, { from: 0, to: kernel.length }, drawing, (block) => random.words('lesson', 2000, layer, block))
  return kernel
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/**
 * How large the values of each layer are when uniform numbers of ±√3 (mean 0, deviation 1) come in.
 * @returns The standard deviation of the outputs of each layer.
 */
export function deviationsThrough(network: EqualLayers, seed: number): number[] {
  const { units, layers, activation } = network
  const random = new RandomNumbers(seed)
  let values = Array.from({ length: units }, (_, unit) =>
    random.between(-Math.sqrt(3), Math.sqrt(3), 'lesson', 2001, unit),
  )
  return Array.from({ length: layers }, (_, layer) => {
    const kernel = kernelOf(network, layer, random)
    values = Array.from({ length: units }, (__, unit) =>
      activationValue(
        activation,
        values.reduce((sum, value, input) => sum + value * kernel[input * units + unit], 0),
      ),
    )
    return deviationOf(values)
  })
}
