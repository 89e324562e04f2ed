import { z } from 'zod'
import { sizeOf } from '../../core/network/shapes.ts'
import { layersByName } from '../../core/weights/sourceWeights.ts'
import { phrase } from '../../core/words/phrases.ts'
import {
  coveringRanges,
  headerLength,
  headerOf,
  lengthBytes,
  SafetensorsError,
} from '../engine/checkpoint/safetensors.ts'
import type { ForeignTensor, ForeignTensors } from './foreignTensors.ts'
import { bytesOf } from './weightValues.ts'

const Entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})

/** A tensor with the place of its values, in bytes from the end of the header. */
interface Described extends ForeignTensor {
  readonly begin: number
  readonly end: number
}

/**
 * Reads a safetensors file of any program. Its ranges must cover the data once, without gap or overlap, as the format
 * wants it, so a name that is there twice is found too: the values of the first belong to nobody.
 * @throws SafetensorsError
 */
export function foreignSafetensors(bytes: Uint8Array): ForeignTensors {
  const dataStart = lengthBytes + headerLength(bytes.subarray(0, lengthBytes), bytes.length)
  const data = bytes.subarray(dataStart)
  const tensors = Object.entries(headerOf(bytes.subarray(lengthBytes, dataStart))).flatMap(
    ([name, value]): Described[] => {
      if (name === '__metadata__') return []
      const parsed = Entry.safeParse(value)
      if (!parsed.success) throw new SafetensorsError(phrase('tensor-undescribed', { name }))
      const { dtype, shape, data_offsets: range } = parsed.data
      const [begin, end] = range
      const size = bytesOf(dtype)
      if (end < begin || end > data.length || (size !== undefined && end - begin !== sizeOf(shape) * size))
        throw new SafetensorsError(phrase('tensor-range-unfit', { name }))
      return [{ name, type: dtype, shape, bytes: data.subarray(begin, end), begin, end }]
    },
  )
  coveringRanges(tensors, data.length)
  return { weights: layersByName(tensors), tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])) }
}
