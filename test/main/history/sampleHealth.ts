import { type Health, histogramBins, type LayerHealth } from '../../../core/health/health.ts'

/** Counts of a histogram, each one more than the one before. */
export const counts = (first: number): number[] => Array.from({ length: histogramBins }, (_, bin) => first + bin)

/** The health of a convolution after a step. */
export function conv(step: number): LayerHealth {
  return {
    layer: 'conv_1',
    finite: true,
    units: null,
    silent: null,
    gradientNorm: 1 / (step + 1),
    weightNorm: 8,
    updateRatio: step === 0 ? null : step / 1024,
    weights: { low: -1, high: 1, counts: counts(step) },
    activations: { low: -step - 1, high: 2, counts: counts(0) },
    gradients: { low: -1e-9, high: 1e-9, counts: counts(4_000_000_000) },
  }
}

/** The health of a ReLU after a step. */
export function relu(step: number): LayerHealth {
  return {
    layer: 'relu_1',
    finite: true,
    units: 64,
    silent: step % 64,
    gradientNorm: null,
    weightNorm: null,
    updateRatio: null,
    weights: null,
    activations: { low: 0, high: 3, counts: counts(7) },
    gradients: null,
  }
}

/** A measurement of both. */
export const healthAt = (step: number): Health => ({ step, images: 100, layers: [conv(step), relu(step)] })
