import type { ScaleLayer } from '../../../core/model.ts'
import { float32, type Output } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'

/** Every value times the layer's factor, shaped as what comes in; the gradient likewise. */
export function scaleNodes({ graph, layer, input }: LayerPlace<ScaleLayer>): LayerNodes {
  const factor = graph.number('factor', layer.factor)
  const scaled = (name: string, values: Output): Output => graph.add('Mul', name, [values, factor], { T: float32 })
  return {
    output: scaled('output', input),
    statistics: {},
    gradients: (gradient, wantsInputs) => ({
      inputs: wantsInputs ? [scaled('input_gradient', gradient)] : null,
      variables: {},
    }),
  }
}
