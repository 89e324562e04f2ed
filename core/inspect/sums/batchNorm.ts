import { real } from '../valueSum.ts'
import { valueBefore, type LayerOf, type LayerSum } from './layerSum.ts'

/** Normalised by the running statistics, as in inference. */
export const batchNormSum: LayerSum<LayerOf<'batch-norm'>> = {
  explain(place) {
    const { geometry, read, at } = place
    const { epsilon } = geometry.layer
    const { from, value } = valueBefore(place)
    const [mean, variance, scale, shift] = ['mean', 'variance', 'scale', 'shift'].map((role) => read(role)[at.map])
    return {
      computed: (scale * (value - mean)) / Math.sqrt(variance + epsilon) + shift,
      how: { kind: 'norm', from, value: real(value), mean, variance, epsilon, scale, shift },
    }
  },
}
