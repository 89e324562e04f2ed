import { activationValue } from '../../layers/parts/activationValue.ts'
import { real } from '../valueSum.ts'
import { valueBefore, type LayerOf, type LayerSum } from './layerSum.ts'

/** f(x) */
export const activationSum: LayerSum<LayerOf<'activation'>> = {
  explain(place) {
    const { from, value } = valueBefore(place)
    const activation = place.geometry.layer.function
    return {
      computed: activationValue(activation, value),
      how: { kind: 'function', from, value: real(value), function: activation },
    }
  },
}
