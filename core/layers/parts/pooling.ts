/** What all pools share: maps in either order, and the scale, shift and activation of the lab's subsampling neuron. */
import { z } from 'zod'
import { ActivationFunction } from './activationFunction.ts'
import type { GraphBuilder, Value } from '../../graph/graphBuilder.ts'
import { mul } from '../../graph/operations/arithmetic.ts'
import { biasAdd } from '../../graph/operations/matrices.ts'
import { reshape } from '../../graph/operations/layout.ts'
import type { PoolWindow } from '../../graph/operations/spatial.ts'
import { type ShapeFormula, windowFormula } from '../../network/shapeFormula.ts'
import { Padding, WindowExtent } from '../../network/windows.ts'
import { activated } from './activated.ts'
import type { LayerInput, LayerNodes, LayerPlace, MeasuredLayer } from '../definition.ts'
import { common } from './fields.ts'
import { mapOf, windowed } from './measuring.ts'
import { constant, type Variable } from './layerVariables.ts'
import { type Region, windowReach } from './reach.ts'
import type { LayerWork } from './layerWork.ts'
import { valuesThrough } from './work.ts'

/**
 * The lab's subsampling neuron, `f(a * subsample(x) + b)`: a trained scale `a` and shift `b` a map, 1 and 0 at first,
 * and an activation `f` after them. Null pools alone.
 */
export const Scaling = z.strictObject({ function: ActivationFunction }).nullable()

/** The settings of a pool with a window of `size` x `size`. */
export const poolFields = { ...common, size: WindowExtent, stride: WindowExtent, padding: Padding, scaling: Scaling }

interface ScaledLayer {
  readonly name: string
  readonly scaling: z.infer<typeof Scaling>
}

interface PoolLayer extends ScaledLayer {
  readonly size: number
  readonly stride: number
  readonly padding: Padding
}

/** The maximum or the mean of each window of `[batch, height, width, channels]`. */
type Pool = (graph: GraphBuilder, name: string, input: Value, window: PoolWindow) => Value

/** What the time of a pool depends on: also on the places of its windows, which may overlap. */
export function poolWork(measured: MeasuredLayer<PoolLayer & { readonly kind: string }>): LayerWork {
  const { layer } = measured
  const through = valuesThrough(measured)
  return {
    form: layer.scaling === null ? layer.kind : `${layer.kind}-scaled`,
    perImage: { ...through, places: through.out * layer.size * layer.size },
    perStep: {},
  }
}

/** The scale and shift of a pool that has them. */
export function scalingVariables({ name, scaling }: ScaledLayer, channels: number): Variable[] {
  return scaling === null
    ? []
    : [constant(`${name}/scale`, [channels], 1, true), constant(`${name}/shift`, [channels], 0, true)]
}

/** Shape and variables of a pool with a window. */
export function measurePool(layer: PoolLayer, [{ shape }]: readonly LayerInput[]) {
  const map = mapOf(shape, layer)
  return {
    output: windowed(layer, map, [layer.size, layer.size], map[2]),
    variables: scalingVariables(layer, map[2]),
  }
}

/** The formula of a pool's window. */
export function poolFormula({ layer, inputs: [{ shape }] }: MeasuredLayer<PoolLayer>): ShapeFormula {
  const map = mapOf(shape, layer)
  return windowFormula(map, [layer.size, layer.size], layer, map[2], true)
}

/** The windows of a pool in the map of the same number. */
export function poolReach({ layer, inputs: [{ shape }] }: MeasuredLayer<PoolLayer>, region: Region): readonly Region[] {
  return [windowReach(region, shape, windowOf(layer))]
}

/** The window of a pool. */
export function windowOf({ size, stride, padding }: PoolLayer): PoolWindow {
  return { height: size, width: size, stride, padding }
}

/**
 * What a pool makes of its maps, in the order in which they come. Of maps that have their places first, its operation
 * is shown one image with the channels of all images.
 */
export function subsampled(
  { graph, geometry, input, order }: Pick<LayerPlace<ScaledLayer>, 'graph' | 'geometry' | 'input' | 'order'>,
  pool: Pool,
  window: PoolWindow,
): Value {
  if (order === 'images-first') return pool(graph, 'pooled', input, window)
  const { inputs, output } = geometry
  const oneImage = reshape(graph, 'one_image', input, [1, ...inputs[0].shape.slice(0, -1), -1])
  const pooled = pool(graph, 'pooled', oneImage, window)
  return reshape(graph, 'all_images', pooled, [...output.slice(0, -1), -1, ...output.slice(-1)])
}

/** With the scaling, if there is one: `f(scale * x + shift)`, a scale and a shift a map. */
export function scaled(
  { graph, layer, read }: Pick<LayerPlace<ScaledLayer>, 'graph' | 'layer' | 'read'>,
  pooled: Value,
): LayerNodes {
  if (layer.scaling === null) return { output: pooled }
  const shifted = biasAdd(graph, 'shifted', mul(graph, 'scaled', pooled, read('scale')), read('shift'))
  return { output: activated(graph, layer.scaling.function, shifted) }
}
