import { SourceError } from '../definition.ts'
import { readPickle } from './pickle.ts'

/** The images of a pickle, with the labels apart. */
export interface PickledImages {
  /** `[image, channel, height, width]`: the planes of each image one after another. */
  readonly planes: Uint8Array
  readonly labels: Uint16Array
}

/**
 * Reads a file of CIFAR-10's or CIFAR-100's Python archive: a dictionary with the images under `data`.
 * @param imageBytes bytes of one image.
 * @param labelsKey key of its labels: `labels` or `fine_labels`.
 * @throws SourceError when it is another kind of pickle.
 */
export function readPickledImages(bytes: Buffer, imageBytes: number, labelsKey: string): PickledImages {
  const value = readPickle(bytes)
  if (!(value instanceof Map)) throw new SourceError('a pickle holds no dictionary')
  const data: unknown = value.get('data')
  const labels: unknown = value.get(labelsKey)
  if (
    typeof data !== 'object' ||
    data === null ||
    !('bytes' in data) ||
    !(data.bytes instanceof Uint8Array) ||
    data.bytes.byteLength % imageBytes !== 0
  ) {
    throw new SourceError(`a pickle holds no images of ${imageBytes} bytes under “data”`)
  }
  const fits =
    Array.isArray(labels) &&
    labels.length * imageBytes === data.bytes.byteLength &&
    labels.every((label) => Number.isInteger(label) && label >= 0 && label <= 0xffff)
  if (!fits) throw new SourceError(`a pickle holds no label for each image under “${labelsKey}”`)
  return { planes: data.bytes, labels: Uint16Array.from(labels) }
}
