import { real } from '../valueSum.ts'
import { partsOf, valueAt, type LayerOf, type LayerSum } from './layerSum.ts'

/** A value that comes out as it came in, maybe at another place: of a concatenation, a flattened map, or a dropout. */
export const passedOnSum: LayerSum<LayerOf<'concat' | 'flatten' | 'dropout'>> = {
  explain(place) {
    const parts = partsOf(place)
    const source = parts.findIndex((part) => part !== null)
    const [{ from, shape }, part] = [place.geometry.inputs[source], parts[source]]
    if (part === null) throw new Error('a value comes from one of the inputs')
    const at = { map: part.maps.first, y: part.rows.first, x: part.columns.first }
    const value = valueAt(place.inputs[source], shape, at)
    return { computed: value, how: { kind: 'passed-on', from, value: real(value), ...at } }
  },
}
