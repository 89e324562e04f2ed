import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'

/**
 * Reads records of one label byte and an image's planes, one channel after the other (the binary version of CIFAR-10),
 * into images `[image, height, width, channels]`.
 * @param shape of one image: pixels of a plane, number of planes, and number of label bytes of coarser classes before
 *   the label that counts (CIFAR-100 has one).
 * @throws SourceError when the last record is cut short.
 */
export function readPlanarRecords(
  bytes: Uint8Array,
  shape: { pixels: number; channels: number; coarser: number },
  into: { images: Uint8Array; labels: Uint16Array },
): void {
  const { pixels, channels, coarser } = shape
  const record = coarser + 1 + pixels * channels
  const count = into.labels.length
  if (bytes.byteLength !== count * record)
    throw new SourceError(phrase('records-short', { bytes: String(bytes.byteLength), wanted: String(count * record) }))
  for (let image = 0; image < count; image++) {
    const label = image * record + coarser
    into.labels[image] = bytes[label]
    interleave(
      bytes.subarray(label + 1, label + 1 + pixels * channels),
      shape,
      into.images.subarray(image * pixels * channels, (image + 1) * pixels * channels),
    )
  }
}

/** The planes of one image, one channel after the other, as `[height, width, channels]`. */
export function interleave(
  planes: Uint8Array,
  { pixels, channels }: { pixels: number; channels: number },
  into: Uint8Array,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const plane = channel * pixels
    for (let pixel = 0; pixel < pixels; pixel++) into[pixel * channels + channel] = planes[plane + pixel]
  }
}
