import { kernelProducts } from './kernelProducts.ts'
import type { LayerOf, LayerSum } from './layerSum.ts'

/** A kernel `[height, width, in, multiplier]`: each of its maps sees one map that comes in. */
export const depthwiseSum: LayerSum<LayerOf<'depthwise-conv'>> = {
  explain(place) {
    const { geometry, read, at } = place
    const { bias, multiplier } = geometry.layer
    const channels = geometry.inputs[0].shape[2] ?? 1
    const kernel = read('kernel')
    const channel = Math.floor(at.map / multiplier)
    const seen = {
      channel,
      weightAt: (index: number) => kernel[(index * channels + channel) * multiplier + (at.map % multiplier)],
    }
    return kernelProducts(place, [seen], seen, bias ? read('bias')[at.map] : null)
  },
}
