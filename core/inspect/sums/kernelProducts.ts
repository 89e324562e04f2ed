import type { Layer } from '../../layers/registry.ts'
import { real, type ComputationOf } from '../valueSum.ts'
import type { Explained, SumPlace } from './layerSum.ts'
import { windowTerms, type WindowTerms } from './windowTerms.ts'

/** What a kernel does with one input channel. */
interface ChannelWeights {
  readonly channel: number
  /** The weight at a place of the window, counted row by row. */
  readonly weightAt: (place: number) => number
}

/** In the padding the value is 0. */
function products({ terms }: WindowTerms, { weightAt }: ChannelWeights) {
  return terms.map(({ y, x, padding, value: found }, index) => {
    const [value, weight] = [padding ? 0 : found, weightAt(index)]
    return { y, x, padding, value, weight, product: padding ? 0 : value * weight }
  })
}

type Terms = ComputationOf<'products'>['terms']

/**
 * The sum of a convolution: the products of patch and kernel over the places of the window and the input channels that
 * the kernel sees, and the bias.
 * @param listed The one of them whose products are listed.
 */
export function kernelProducts(
  place: SumPlace<Layer>,
  seen: readonly ChannelWeights[],
  listed: ChannelWeights,
  bias: number | null,
): Explained {
  const sums = seen.map((weights) => {
    const terms = products(windowTerms(place, weights.channel), weights)
    return { channel: weights.channel, sum: terms.reduce((sum, { product }) => sum + product, 0) }
  })
  const window = windowTerms(place, listed.channel)
  const terms: Terms = products(window, listed).map(({ value, product, ...rest }) => ({
    ...rest,
    value: real(value),
    product: real(product),
  }))
  return {
    computed: sums.reduce((total, { sum }) => total + sum, bias ?? 0),
    how: {
      kind: 'products',
      from: window.from,
      kernel: { height: window.height, width: window.width },
      inputChannel: listed.channel,
      terms,
      channels: sums.map(({ channel, sum }) => ({ channel, sum: real(sum) })),
      bias,
    },
  }
}
