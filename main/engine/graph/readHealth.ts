import { type Histogram, histogramBins, type LayerHealth } from '../../../core/health/health.ts'
import type { DescribedPlaces, LayerPlaces } from './healthSignatures.ts'

/** What `health` gives: all numbers one after the other, and all histograms. */
export interface HealthOutputs {
  readonly numbers: Float32Array
  readonly histograms: Int32Array
}

/** The length of a vector from half of its square; null where that is not finite. */
function lengthFrom(halfSquare: number): number | null {
  const length = Math.sqrt(2 * halfSquare)
  return Number.isFinite(length) ? length : null
}

/**
 * The health of each layer from the outputs of `health`. What was computed from values that are not finite is null.
 * @param updated Whether a step came between keeping the weights and measuring.
 */
export function readHealth(
  places: readonly LayerPlaces[],
  { numbers, histograms }: HealthOutputs,
  updated: boolean,
): LayerHealth[] {
  const isFinite = ({ finite }: DescribedPlaces): boolean => numbers[finite] === 1
  const histogramAt = (described: DescribedPlaces): Histogram | null => {
    if (!isFinite(described)) return null
    const begin = described.histogram * histogramBins
    return {
      low: numbers[described.low],
      high: numbers[described.high],
      counts: [...histograms.subarray(begin, begin + histogramBins)],
    }
  }
  return places.map(({ layer, activations, firing, trained }) => {
    const update = trained === null || !updated ? null : lengthFrom(numbers[trained.updateHalfSquare])
    const before = trained === null ? null : lengthFrom(numbers[trained.keptHalfSquare])
    return {
      layer,
      finite: isFinite(activations) && (trained === null || (isFinite(trained.weights) && isFinite(trained.gradients))),
      units: firing?.units ?? null,
      silent: firing === null || !isFinite(activations) ? null : firing.units - numbers[firing.count],
      gradientNorm: trained === null ? null : lengthFrom(numbers[trained.gradientHalfSquare]),
      weightNorm: trained === null ? null : lengthFrom(numbers[trained.halfSquare]),
      updateRatio: update === null || before === null || before === 0 ? null : update / before,
      weights: trained === null ? null : histogramAt(trained.weights),
      activations: histogramAt(activations),
      gradients: trained === null ? null : histogramAt(trained.gradients),
    }
  })
}
