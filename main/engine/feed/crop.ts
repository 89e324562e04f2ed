import type { Augmentation } from '../../../core/run/augmentation.ts'
import type { CropPlace } from '../../../core/run/distortion.ts'
import type { ImageSequence } from './imageSource.ts'

/** The images of one split in memory: uint8 `[image, height, width, channels]`, with 1 or 3 channels. */
export interface StoredImages {
  readonly images: Uint8Array
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** Images of one size, delivered in the order in which the batches use them. */
export interface FedImages extends Omit<StoredImages, 'images'> {
  readonly sequence: Pick<ImageSequence, 'images' | 'placeOf'>
}

/** Size of a crop in pixels. */
export interface CropSize {
  readonly height: number
  readonly width: number
}

/** Marks a pixel outside the padded image. */
const outside = -1

/**
 * The source row or column, of `length`, for a position: the position itself within the image, the mirrored one in
 * reflection padding.
 */
function sourceOf(place: number, length: number, reflected: number): number {
  if (place >= 0 && place < length) return place
  if (place < -reflected || place >= length + reflected) return outside
  return place < 0 ? -place : 2 * (length - 1) - place
}

/** Takes crops of one size from stored images, with the padding of the configuration. */
export class Cropper {
  readonly #stored: StoredImages
  readonly #crop: CropSize
  /** Width of the reflection padding. */
  readonly #reflected: number
  /** For each column of the crop, the offset of its pixel within a row of the stored image. */
  readonly #columns: Int32Array

  constructor(stored: StoredImages, crop: CropSize, pad: Augmentation['pad']) {
    this.#stored = stored
    this.#crop = crop
    this.#reflected = pad?.fill === 'reflect' ? pad.pixels : 0
    this.#columns = new Int32Array(crop.width)
  }

  /** Writes a crop to `into` as uint8 `[height, width, channels]`. Pixels outside the padded image are 0. */
  copy(image: number, place: CropPlace, into: Uint8Array): void {
    if (place.angle === 0) this.#copyStraight(image, place, into)
    else this.#copyTurned(image, place, into)
  }

  #copyStraight(image: number, { top, left, mirrored }: CropPlace, into: Uint8Array): void {
    const { images, height, width, channels } = this.#stored
    const columns = this.#columns
    for (let x = 0; x < columns.length; x += 1) {
      const source = sourceOf(left + (mirrored ? columns.length - 1 - x : x), width, this.#reflected)
      columns[x] = source === outside ? outside : source * channels
    }
    const whole = !columns.includes(outside)
    const rowBytes = columns.length * channels
    for (let y = 0; y < this.#crop.height; y += 1) {
      const row = sourceOf(top + y, height, this.#reflected)
      if (row === outside || !whole) into.fill(0, y * rowBytes, (y + 1) * rowBytes)
      if (row !== outside) this.#copyRow(images, (image * height + row) * width * channels, into, y * rowBytes)
    }
  }

  #copyRow(images: Uint8Array, rowStart: number, into: Uint8Array, offset: number): void {
    const columns = this.#columns
    const { channels } = this.#stored
    for (let x = 0; x < columns.length; x += 1) {
      const column = columns[x]
      if (column === outside) continue
      const source = rowStart + column
      const target = offset + x * channels
      into[target] = images[source]
      if (channels === 1) continue
      into[target + 1] = images[source + 1]
      into[target + 2] = images[source + 2]
    }
  }

  /** Interpolates bilinearly between the pixels of the padded image, and rounds. */
  #copyTurned(image: number, { top, left, mirrored, angle }: CropPlace, into: Uint8Array): void {
    const { images, channels } = this.#stored
    const lastRow = this.#stored.height - 1
    const lastColumn = this.#stored.width - 1
    const rowBytes = this.#stored.width * channels
    const imageStart = image * this.#stored.height * rowBytes
    const { height, width } = this.#crop
    const cosine = Math.cos((angle * Math.PI) / 180)
    const sine = Math.sin((angle * Math.PI) / 180)
    const centreY = (height - 1) / 2
    const centreX = (width - 1) / 2
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const fromX = centreX + (x - centreX) * cosine - (y - centreY) * sine
        const placeY = top + centreY + (x - centreX) * sine + (y - centreY) * cosine
        const placeX = left + (mirrored ? width - 1 - fromX : fromX)
        const above = Math.floor(placeY)
        const before = Math.floor(placeX)
        const down = placeY - above
        const right = placeX - before
        const ofUpperLeft = (1 - down) * (1 - right)
        const ofUpperRight = (1 - down) * right
        const ofLowerLeft = down * (1 - right)
        const ofLowerRight = down * right
        const target = (y * width + x) * channels
        if (above >= 0 && before >= 0 && above < lastRow && before < lastColumn) {
          const upper = imageStart + above * rowBytes + before * channels
          const lower = upper + rowBytes
          for (let channel = 0; channel < channels; channel += 1) {
            const value =
              images[upper + channel] * ofUpperLeft +
              images[upper + channels + channel] * ofUpperRight +
              images[lower + channel] * ofLowerLeft +
              images[lower + channels + channel] * ofLowerRight
            // Adds a half, because the typed array truncates.
            into[target + channel] = value + 0.5
          }
        } else {
          for (let channel = 0; channel < channels; channel += 1) {
            const at = (row: number, column: number): number => this.#valueAt(image, row, column, channel)
            into[target + channel] =
              at(above, before) * ofUpperLeft +
              at(above, before + 1) * ofUpperRight +
              at(above + 1, before) * ofLowerLeft +
              at(above + 1, before + 1) * ofLowerRight +
              0.5
          }
        }
      }
    }
  }

  /** The value at a position of the padded image; 0 outside. */
  #valueAt(image: number, y: number, x: number, channel: number): number {
    const { images, height, width, channels } = this.#stored
    const row = sourceOf(y, height, this.#reflected)
    const column = sourceOf(x, width, this.#reflected)
    return row === outside || column === outside
      ? 0
      : images[((image * height + row) * width + column) * channels + channel]
  }
}
