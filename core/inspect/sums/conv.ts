import { kernelProducts } from './kernelProducts.ts'
import type { LayerOf, LayerSum } from './layerSum.ts'

/** A kernel `[height, width, in, out]`, which sees all maps that come in. */
export const convSum: LayerSum<LayerOf<'conv'>> = {
  explain(place) {
    const { geometry, read, at, inputChannel } = place
    const { bias, filters } = geometry.layer
    const channels = geometry.inputs[0].shape[2] ?? 1
    const kernel = read('kernel')
    const seen = Array.from({ length: channels }, (_, channel) => ({
      channel,
      weightAt: (index: number) => kernel[(index * channels + channel) * filters + at.map],
    }))
    return kernelProducts(place, seen, seen[inputChannel ?? 0], bias ? read('bias')[at.map] : null)
  },
}
