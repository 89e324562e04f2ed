import { real } from '../valueSum.ts'
import type { LayerOf, LayerSum } from './layerSum.ts'

/** Products that are listed by themselves. */
const listed = 100

/** Input `[in]` times a column of the kernel `[in, out]`, and a bias. */
export const denseSum: LayerSum<LayerOf<'dense'>> = {
  explain({ geometry, inputs: [values], read, at }) {
    const { units, bias: hasBias } = geometry.layer
    const [{ from }] = geometry.inputs
    const kernel = read('kernel')
    const bias = hasBias ? read('bias')[at.map] : null
    const terms = Array.from(values, (value, input) => {
      const weight = kernel[input * units + at.map]
      return { input, value, weight, product: value * weight }
    })
    const sumOf = (some: typeof terms): number => some.reduce((sum, { product }) => sum + product, 0)
    const ordered = terms.toSorted((one, other) => Math.abs(other.product) - Math.abs(one.product))
    const [first, rest] = [ordered.slice(0, listed), ordered.slice(listed)]
    return {
      computed: sumOf(terms) + (bias ?? 0),
      how: {
        kind: 'weighted-inputs',
        from,
        terms: first.map(({ value, product, ...term }) => ({ ...term, value: real(value), product: real(product) })),
        rest: { count: rest.length, sum: real(sumOf(rest)) },
        bias,
      },
    }
  },
}
