import { z } from 'zod'
import { maxPool as largest } from '../graph/operations/spatial.ts'
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

/** The largest value of each window of `size` x `size`. */
export const MaxPoolLayer = z.strictObject({ kind: z.literal('max-pool'), ...poolFields })

export const maxPool = defineLayer({
  kind: 'max-pool',
  schema: MaxPoolLayer,
  measure: measurePool,
  shapeFormula: poolFormula,
  nodes: (place) => scaled(place, subsampled(place, largest, windowOf(place.layer))),
  work: poolWork,
  mapOrder: keepsMapOrder,
  reach: poolReach,
  isMaxPool: ({ scaling }) => scaling === null,
})
