import type { Layer } from '../../layers/registry.ts'
import { activationSum } from './activation.ts'
import { addSum } from './add.ts'
import { batchNormSum } from './batchNorm.ts'
import { convSum } from './conv.ts'
import { denseSum } from './dense.ts'
import { depthwiseSum } from './depthwiseConv.ts'
import type { Explained, LayerOf, LayerSum, SumPlace } from './layerSum.ts'
import { passedOnSum } from './passedOn.ts'
import { averagePoolSum, maxPoolSum } from './pool.ts'
import { scaleSum } from './scale.ts'

/** How every kind of layer comes to a value. */
const sums: { readonly [Kind in Layer['kind']]: LayerSum<LayerOf<Kind>> } = {
  conv: convSum,
  'depthwise-conv': depthwiseSum,
  'batch-norm': batchNormSum,
  activation: activationSum,
  'max-pool': maxPoolSum,
  'average-pool': averagePoolSum,
  'global-max-pool': maxPoolSum,
  'global-average-pool': averagePoolSum,
  flatten: passedOnSum,
  dense: denseSum,
  dropout: passedOnSum,
  scale: scaleSum,
  add: addSum,
  concat: passedOnSum,
}

/**
 * How a layer computes one value of its output for one image, in inference: with the running statistics, and nothing
 * dropped out.
 */
export function explain(place: SumPlace<Layer>): Explained {
  const ofLayer: LayerSum<Layer> = sums[place.geometry.layer.kind]
  return ofLayer.explain(place)
}
