import type { Pixels } from '../data/pixels.ts'
import type { LayerGeometry } from '../network/geometry.ts'
import type { Model, ModelInput } from '../network/model.ts'

/** The values of a variable: float32 in row-major order. */
export interface Weights {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** A trained network with all that another program needs to answer as this one does. */
export interface ExportedNetwork {
  readonly model: Model
  /** Its layers, measured. */
  readonly measured: readonly LayerGeometry[]
  /** How pixels of 0 to 255 enter it. */
  readonly pixels: Pixels
  /** Extents of the images that are given: those of the data set, from whose middle the network's input is cut. */
  readonly image: ModelInput
  /** The variables, by names such as `conv_1/kernel`. */
  readonly tensors: ReadonlyMap<string, Weights>
}

/** @throws Error where the network has no such variable. */
export function weightsOf({ tensors }: Pick<ExportedNetwork, 'tensors'>, name: string): Weights {
  const found = tensors.get(name)
  if (found === undefined) throw new Error(`the tensor ${name} is missing`)
  return found
}

/** Zero and range of each channel: a pixel p enters the network as `(p - zero) / range`. */
export function channelScales(
  pixels: Pixels,
  channels: number,
): { readonly zero: readonly number[]; readonly range: readonly number[] } {
  if (pixels.kind === 'standard') return { zero: pixels.mean, range: pixels.deviation }
  return {
    zero: Array<number>(channels).fill(pixels.min),
    range: Array<number>(channels).fill(pixels.max - pixels.min),
  }
}

/** The rows above and the columns left of what enters the network, which is the middle of an image. */
export function centreCut({ image, model: { input } }: Pick<ExportedNetwork, 'image' | 'model'>): {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
  /** Whether anything is cut off. */
  readonly cuts: boolean
} {
  const { height, width } = input
  const top = Math.floor((image.height - height) / 2)
  const left = Math.floor((image.width - width) / 2)
  return { top, left, height, width, cuts: image.height !== height || image.width !== width }
}

/** Name of the last layer, whose values are the logits. */
export function logitsName({ layers }: Model): string {
  return layers[layers.length - 1].name
}
