import { real } from '../valueSum.ts'
import { valueAt, type LayerOf, type LayerSum } from './layerSum.ts'

/** The values of all inputs at one place. */
export const addSum: LayerSum<LayerOf<'add'>> = {
  explain({ geometry, inputs, at }) {
    const parts = geometry.inputs.map(({ from, shape }, index) => ({ from, value: valueAt(inputs[index], shape, at) }))
    return {
      computed: parts.reduce((sum, { value }) => sum + value, 0),
      how: { kind: 'added', parts: parts.map(({ from, value }) => ({ from, value: real(value) })) },
    }
  },
}
