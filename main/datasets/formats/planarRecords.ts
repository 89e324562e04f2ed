import { SourceError } from '../definition.ts'

/**
 * Reads records of one label byte and an image's planes, one channel after the other (the binary version of CIFAR-10),
 * into images `[image, height, width, channels]`.
 * @param shape of one image: pixels of a plane, number of planes, and label bytes of coarser classes before the one that counts (CIFAR-100 has one).
 * @throws SourceError when the file does not end with a record.
 */
export function readPlanarRecords(bytes: Uint8Array, shape: { pixels: number; channels: number; coarser: number }, into: { images: Uint8Array; labels: Uint16Array }): void {
  const { pixels, channels, coarser } = shape
  const record = coarser + 1 + pixels * channels
  const count = into.labels.length
  if (bytes.byteLength !== count * record) throw new SourceError(`a file of records has ${bytes.byteLength} bytes instead of ${count * record}`)
  for (let image = 0; image < count; image++) {
    const start = image * record + coarser
    const target = image * pixels * channels
    into.labels[image] = bytes[start]
    for (let channel = 0; channel < channels; channel++) {
      const plane = start + 1 + channel * pixels
      for (let pixel = 0; pixel < pixels; pixel++) into.images[target + pixel * channels + channel] = bytes[plane + pixel]
    }
  }
}
