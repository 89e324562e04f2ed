import { z } from 'zod'

/**
 * Where the initial weights of a layer come from; fan in and fan out are the weights that lead to, and away from, one
 * value.
 *
 * | name | values | source |
 * | --- | --- | --- |
 * | `glorot-uniform` | uniform in ±sqrt(6 / (fan in + fan out)) | Glorot & Bengio 2010 |
 * | `glorot-normal` | normal, deviation sqrt(2 / (fan in + fan out)) | Glorot & Bengio 2010 |
 * | `he-uniform` | uniform in ±sqrt(6 / fan in) | He et al. 2015 |
 * | `he-normal` | normal, deviation sqrt(2 / fan in) | He et al. 2015 |
 * | `uniform-half` | uniform in ±0.5, whatever the layer | the lab's text |
 * | `normal` | normal, deviation 0.05, whatever the layer | |
 *
 * Normal values are not truncated.
 */
export const Initializer = z.enum([
  'glorot-uniform',
  'glorot-normal',
  'he-uniform',
  'he-normal',
  'uniform-half',
  'normal',
])
export type Initializer = z.infer<typeof Initializer>

/**
 * What a convolution can begin with besides.
 *
 * - `identity`: the first kernels, one for each input map, pass their map on unchanged. The others are `he-normal`.
 *   Dirac's delta, as in Jordan 2024 (airbench).
 * - `whitening`: the first half are the strongest principal components of the training images' patches, each divided by
 *   its standard deviation. The second half are the same with the other sign. They are computed and not trained. The
 *   layer takes the image itself and has an even number of filters, at most two for each value of a patch. Page 2018
 *   (DAWNBench), Jordan 2024.
 */
export const ConvInitializer = z.enum([...Initializer.options, 'identity', 'whitening'])
export type ConvInitializer = z.infer<typeof ConvInitializer>
