import { activationNodes } from './activation.ts'
import { addNodes } from './add.ts'
import { batchNormNodes } from './batchNorm.ts'
import { concatNodes } from './concat.ts'
import { convNodes } from './conv.ts'
import { denseNodes } from './dense.ts'
import { depthwiseConvNodes } from './depthwiseConv.ts'
import { dropoutNodes } from './dropout.ts'
import { flattenNodes } from './flatten.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'
import { poolNodes } from './pool.ts'
import { scaleNodes } from './scale.ts'

/** Adds the nodes of a layer of any kind. */
export function layerNodes(place: LayerPlace): LayerNodes {
  const { layer } = place
  switch (layer.kind) {
    case 'conv':
      return convNodes({ ...place, layer })
    case 'depthwise-conv':
      return depthwiseConvNodes({ ...place, layer })
    case 'batch-norm':
      return batchNormNodes({ ...place, layer })
    case 'activation':
      return activationNodes({ ...place, layer })
    case 'max-pool':
    case 'average-pool':
    case 'global-max-pool':
    case 'global-average-pool':
      return poolNodes({ ...place, layer })
    case 'flatten':
      return flattenNodes({ ...place, layer })
    case 'dense':
      return denseNodes({ ...place, layer })
    case 'dropout':
      return dropoutNodes({ ...place, layer })
    case 'scale':
      return scaleNodes({ ...place, layer })
    case 'add':
      return addNodes({ ...place, layer })
    case 'concat':
      return concatNodes({ ...place, layer })
  }
}
