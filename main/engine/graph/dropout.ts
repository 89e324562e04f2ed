import type { DropoutLayer } from '../../../core/model.ts'
import { float32, int32, type Output } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'

/**
 * Dropout: in training each value is kept with probability `1 - rate` and divided by it, otherwise 0; the gradient
 * passes the same way. In inference nothing happens. The mask is drawn by a generator without state, from the layer's
 * seed for the step.
 */
export function dropoutNodes({
  graph,
  layer,
  geometry,
  input,
  mode,
  batch,
  seed,
}: LayerPlace<DropoutLayer>): LayerNodes {
  if (mode === 'inference')
    return { output: input, statistics: {}, gradients: (gradient) => ({ inputs: [gradient], variables: {} }) }
  const multiply = (name: string, left: Output, right: Output): Output =>
    graph.add('Mul', name, [left, right], { T: float32 })
  const shape = graph.extents('shape', [batch, ...geometry.output])
  const uniform = graph.add('StatelessRandomUniform', 'uniform', [shape, seed()], {
    dtype: float32,
    T: int32,
    Tseed: int32,
  })
  const kept = graph.add('GreaterEqual', 'kept', [uniform, graph.number('rate', layer.rate)], { T: float32 })
  const ones = graph.add('Cast', 'ones', [kept], { SrcT: { type: 'bool' }, DstT: float32 })
  const mask = multiply('mask', ones, graph.number('factor', 1 / (1 - layer.rate)))
  return {
    output: multiply('output', input, mask),
    statistics: {},
    gradients: (gradient, wantsInputs) => ({
      inputs: wantsInputs ? [multiply('input_gradient', gradient, mask)] : null,
      variables: {},
    }),
  }
}
