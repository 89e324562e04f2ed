import { measure, type LayerGeometry, sizeOf, trainedLayers, type Variable } from './geometry.ts'
import type { Model } from './model.ts'

function kernelOf({ layer, variables }: LayerGeometry): Variable | undefined {
  return variables.find(({ name }) => name === `${layer.name}/kernel`)
}

/**
 * Multiply-adds of one image's way through a layer: weights times the places at which each is used. Layers that are not
 * sums of products (pools, activations, batch norm) count 0, as is usual; they are few against the convolutions.
 */
export function multiplyAddsOf(geometry: LayerGeometry): number {
  const { inputs, output } = geometry
  const kernel = kernelOf(geometry)
  if (kernel === undefined || inputs.length !== 1) return 0
  const places = output.length === 3 ? output[0] * output[1] : 1
  return sizeOf(kernel.shape) * places
}

/** Multiply-adds of one image's way through a network, from pixels to logits. */
export function networkMultiplyAdds(model: Model): number {
  return measure(model).reduce((sum, layer) => sum + multiplyAddsOf(layer), 0)
}

/**
 * Multiply-adds of one image in a training step: forward, by the kernels that are trained, and by the inputs that
 * something trained comes before: not by the image.
 */
export function trainingMultiplyAdds(model: Model): number {
  const measured = measure(model)
  const trained = trainedLayers(measured)
  const parts = (layer: LayerGeometry): number =>
    1 + (kernelOf(layer)?.trained === true ? 1 : 0) + (layer.inputs.some(({ from }) => trained.has(from)) ? 1 : 0)
  return measured.reduce((sum, layer) => sum + parts(layer) * multiplyAddsOf(layer), 0)
}
