import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import { readPickle } from './pickle.ts'
import { integersOf, type PickledArray } from './pickledArray.ts'

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
  if (!(value instanceof Map)) throw new SourceError(phrase('pickle-no-dictionary', {}))
  const data: unknown = value.get('data')
  const labels: unknown = value.get(labelsKey)
  if (!isArray(data) || data.type.bytes !== 1 || data.bytes.byteLength % imageBytes !== 0)
    throw new SourceError(phrase('pickle-no-images', { bytes: String(imageBytes) }))
  if (data.shape.length !== 2 || data.shape[1] !== imageBytes)
    throw new SourceError(
      phrase('pickle-images-unlike', { extents: data.shape.slice(1).join(' × '), bytes: String(imageBytes) }),
    )
  const listed = isArray(labels) && labels.shape.length === 1 ? integersOf(labels) : labels
  if (!isList(listed) || listed.length !== data.shape[0] || !listed.every(isLabel))
    throw new SourceError(phrase('pickle-no-labels', { key: labelsKey }))
  return { planes: data.bytes, labels: Uint16Array.from(listed) }
}

function isArray(value: unknown): value is PickledArray {
  return typeof value === 'object' && value !== null && 'kind' in value
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isLabel(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff
}
