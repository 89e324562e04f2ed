import type { Augmentation } from '../../../core/run/augmentation.ts'
import type { Distortion } from '../../../core/run/distortion.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Pixels } from '../../../core/data/pixels.ts'
import { changeColours } from './colour.ts'
import { Cropper, type FedImages } from './crop.ts'
import { cutOut } from './cutout.ts'
import { pixelScale, scalePixels, type PixelScale } from './pixelScale.ts'

/** What a distorter takes of a configuration. The augmentation says how it pads, and how large a square it cuts out. */
export interface DistorterSettings {
  readonly input: Model['input']
  readonly pixels: Pixels
  readonly augmentation: Pick<Augmentation, 'pad' | 'cutout'>
}

/** Distorts images one by one, as they enter the network: all but the mixing with another one. */
export class Distorter {
  readonly #stored: FedImages
  readonly #input: Model['input']
  readonly #cutout: Augmentation['cutout']
  readonly #scale: PixelScale
  readonly #cropper: Cropper
  /** Buffer for one crop of uint8 pixels. */
  readonly #crop: Uint8Array

  constructor(stored: FedImages, { input, pixels, augmentation: { pad, cutout } }: DistorterSettings) {
    const { sequence, height, width, channels } = stored
    this.#stored = stored
    this.#input = input
    this.#cutout = cutout
    this.#scale = pixelScale(pixels, channels)
    this.#cropper = new Cropper({ images: sequence.images, height, width, channels }, input, pad)
    this.#crop = new Uint8Array(input.height * input.width * input.channels)
  }

  /** Writes an image to `into` from `offset` on: float32 `[height, width, channels]`, in the network's scale. */
  write(image: number, { place, colours, cutout }: Distortion, into: Float32Array, offset: number): void {
    this.#cropper.copy(this.#stored.sequence.placeOf(image), place, this.#crop)
    if (colours === null) scalePixels(this.#crop, this.#scale, into, offset)
    else changeColours(this.#crop, colours, this.#scale, into, offset)
    if (cutout !== null && this.#cutout !== null)
      cutOut(into, offset, this.#input, this.#stored.channels, this.#cutout.side, cutout)
  }
}
