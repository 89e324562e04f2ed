import { z } from 'zod'
import { avgPool } from '../graph/operations/spatial.ts'
import { defineLayer } from './definition.ts'
import { keepsMapOrder } from './parts/mapOrder.ts'
import {
  measurePool,
  poolFields,
  poolFormula,
  poolReach,
  poolWork,
  scaled,
  subsampled,
  windowOf,
} from './parts/pooling.ts'

/** The mean of each window of `size` x `size`; what `same` padding adds at the edges does not count. */
export const AveragePoolLayer = z.strictObject({ kind: z.literal('average-pool'), ...poolFields })

export const averagePool = defineLayer({
  kind: 'average-pool',
  schema: AveragePoolLayer,
  measure: measurePool,
  shapeFormula: poolFormula,
  nodes: (place) => scaled(place, subsampled(place, avgPool, windowOf(place.layer))),
  work: poolWork,
  mapOrder: keepsMapOrder,
  reach: poolReach,
})
