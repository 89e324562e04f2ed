import { kernelOf } from './kernelLayer.ts'
import { measure, type LayerGeometry, trainedLayers } from './geometry.ts'
import { rulesOf } from '../layers/registry.ts'
import type { Model } from './model.ts'

/**
 * Multiply-adds of one image's way through a layer: weights times the places at which each is used. Layers that are not
 * sums of products (pools, activations, batch norm) count 0, as is usual; they are few against the convolutions.
 */
export function multiplyAddsOf(geometry: LayerGeometry): number {
  return rulesOf(geometry.layer).multiplyAdds?.(geometry) ?? 0
}

/** Whether the kernel of a layer, if it has one, is trained. */
function trainsKernel(geometry: LayerGeometry): boolean {
  return kernelOf(geometry)?.trained ?? false
}

/** Multiply-adds of one image's way through a network, from pixels to logits. */
export function networkMultiplyAdds(model: Model): number {
  return measure(model).reduce((sum, layer) => sum + multiplyAddsOf(layer), 0)
}

/**
 * Multiply-adds of one image in a training step: forward, by the trained kernels, and by the inputs that depend
 * on something trained, which the image does not.
 */
export function trainingMultiplyAdds(model: Model): number {
  const measured = measure(model)
  const trained = trainedLayers(measured)
  const parts = (layer: LayerGeometry): number =>
    1 + (trainsKernel(layer) ? 1 : 0) + (layer.inputs.some(({ from }) => trained.has(from)) ? 1 : 0)
  return measured.reduce((sum, layer) => sum + parts(layer) * multiplyAddsOf(layer), 0)
}
