import { measure, type LayerGeometry } from '../network/geometry.ts'
import type { Model } from '../network/model.ts'
import { LabError } from '../words/problems.ts'

/** What a lesson changes of a network. */
export interface NetworkChange {
  /** Side of the square image, in pixels. */
  readonly side: number
  /** Neurons of the first dense layer that is not the last layer. */
  readonly units: number
}

/** The dense layer whose neurons can be changed; undefined where only the last layer is dense, or none. */
function hiddenDense({ layers }: Model) {
  const dense = layers.slice(0, -1).find(({ kind }) => kind === 'dense')
  return dense?.kind === 'dense' ? dense : undefined
}

/** How a network is now. `units` is 0 where no dense layer can be changed. */
export function changeOf(model: Model): NetworkChange {
  return { side: model.input.height, units: hiddenDense(model)?.units ?? 0 }
}

/** The layers of a changed network with their parameters; null where a layer does not fit such images. */
export function changedNetwork(model: Model, { side, units }: NetworkChange): LayerGeometry[] | null {
  const dense = hiddenDense(model)
  const layers = model.layers.map((layer) => (layer === dense ? { ...dense, units } : layer))
  try {
    return measure({ ...model, input: { ...model.input, height: side, width: side }, layers })
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.problem.code === 'model-invalid') return null
    throw thrown
  }
}
