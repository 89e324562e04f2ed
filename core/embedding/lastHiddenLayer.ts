import { imageName } from '../layers/parts/fields.ts'
import { type LayerGeometry, measure } from '../network/geometry.ts'
import { kernelOf } from '../network/kernelLayer.ts'
import type { Model } from '../network/model.ts'
import { sizeOf } from '../network/shapes.ts'

/** Where the vectors of an embedding come from. */
export interface HiddenLayer {
  /** Name of the layer whose output they are; `input` where it is what enters the network. */
  readonly layer: string
  /** Values of a vector. */
  readonly width: number
  /** Whether no layer with a kernel comes before: the vectors are pixels then. */
  readonly isPixels: boolean
}

function named(measured: readonly LayerGeometry[], name: string): LayerGeometry | undefined {
  return measured.find(({ layer }) => layer.name === name)
}

/** Whether there is a kernel in a layer or in any before it. */
function isBehindKernel(measured: readonly LayerGeometry[], name: string): boolean {
  const found = named(measured, name)
  if (found === undefined) return false
  return kernelOf(found) !== null || found.inputs.some(({ from }) => isBehindKernel(measured, from))
}

/**
 * The last hidden layer: what enters the layer that makes the logits, so after its activation. That layer is the last
 * one with a kernel, found on the way back from the logits: a scaling or a pool behind it is passed. Where layers are
 * merged before one with a kernel is met, it is what the merge gives. The output of a layer with maps is taken as one
 * vector, row by row with the channels of each place together.
 */
export function lastHiddenLayer(model: Model): HiddenLayer {
  const measured = measure(model)
  let at = measured[measured.length - 1]
  while (kernelOf(at) === null && at.inputs.length === 1) {
    const earlier = named(measured, at.inputs[0].from)
    // There is no kernel at all: it is what enters the first layer.
    if (earlier === undefined) break
    at = earlier
  }
  const isMerge = at.inputs.length > 1
  const layer = isMerge ? at.layer.name : at.inputs[0].from
  const shape = isMerge ? at.output : at.inputs[0].shape
  return { layer, width: sizeOf(shape), isPixels: layer === imageName || !isBehindKernel(measured, layer) }
}
