import { real } from '../valueSum.ts'
import { valueBefore, type LayerOf, type LayerSum } from './layerSum.ts'

/** factor * x */
export const scaleSum: LayerSum<LayerOf<'scale'>> = {
  explain(place) {
    const { from, value } = valueBefore(place)
    const { factor } = place.geometry.layer
    return { computed: factor * value, how: { kind: 'factor', from, value: real(value), factor } }
  },
}
