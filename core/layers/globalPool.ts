import { z } from 'zod'
import { reshape } from '../graph/operations/layout.ts'
import { avgPool, maxPool, type PoolWindow } from '../graph/operations/spatial.ts'
import type { Shape } from '../network/shapes.ts'
import { defineLayer, type LayerInput, type LayerNodes, type LayerPlace, type MeasuredLayer } from './definition.ts'
import { common } from './parts/fields.ts'
import type { MapOrder } from './parts/mapOrder.ts'
import { mapOf } from './parts/measuring.ts'
import { wholeRegion, type Region } from './parts/reach.ts'
import { scaled, Scaling, scalingVariables, subsampled } from './parts/pooling.ts'

const fields = { ...common, scaling: Scaling }

/** The largest value of each map: `[height, width, channels]` becomes `[channels]`. */
export const GlobalMaxPoolLayer = z.strictObject({ kind: z.literal('global-max-pool'), ...fields })

/** The mean of each map: `[height, width, channels]` becomes `[channels]`. */
export const GlobalAveragePoolLayer = z.strictObject({ kind: z.literal('global-average-pool'), ...fields })

type GlobalPoolLayer = z.infer<typeof GlobalMaxPoolLayer> | z.infer<typeof GlobalAveragePoolLayer>

/** The rules of both: a pool whose window is the whole map. */
function rules(pool: typeof maxPool) {
  return {
    measure(layer: GlobalPoolLayer, [{ shape }]: readonly LayerInput[]) {
      const [, , channels] = mapOf(shape, layer)
      const output: Shape = [channels]
      return { output, variables: scalingVariables(layer, channels) }
    },
    shapeFormula({ layer, inputs: [{ shape }] }: MeasuredLayer<GlobalPoolLayer>) {
      return { kind: 'whole-map' as const, map: mapOf(shape, layer) }
    },
    nodes(place: LayerPlace<GlobalPoolLayer>): LayerNodes {
      const { graph, geometry, order } = place
      const [height, width = 1] = geometry.inputs[0].shape
      const window: PoolWindow = { height, width, stride: 1, padding: 'valid' }
      const pooled = subsampled(place, pool, window)
      // Maps with their places first come back as vectors already.
      const vectors = order === 'places-first' ? pooled : reshape(graph, 'vectors', pooled, [-1, ...geometry.output])
      return scaled(place, vectors)
    },
    reach: ({ inputs: [{ shape }] }: MeasuredLayer<GlobalPoolLayer>, { maps }: Region) => [
      { ...wholeRegion(shape), maps },
    ],
    mapOrder: (_: unknown, coming: MapOrder) => ({ takes: coming, gives: 'images-first' }) as const,
  }
}

export const globalMaxPool = defineLayer({
  kind: 'global-max-pool',
  schema: GlobalMaxPoolLayer,
  ...rules(maxPool),
})

export const globalAveragePool = defineLayer({
  kind: 'global-average-pool',
  schema: GlobalAveragePoolLayer,
  ...rules(avgPool),
})
