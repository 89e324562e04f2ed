import { z } from 'zod'
import { sizeOf } from '../../core/network/shapes.ts'
import { layersByName } from '../../core/weights/sourceWeights.ts'
import { phrase } from '../../core/words/phrases.ts'
import { headerLength, lengthBytes, SafetensorsError } from '../engine/checkpoint/safetensors.ts'
import { ForeignFileError, type ForeignTensor, type ForeignTensors } from './foreignTensors.ts'
import { bytesOf } from './weightValues.ts'

const Entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})

function headerOf(bytes: Uint8Array): object {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (thrown) {
    throw new ForeignFileError(phrase('header-no-json', {}), { cause: thrown })
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new ForeignFileError(phrase('header-no-tensors', {}))
  return header
}

/** The length of the header, in bytes. */
function lengthOf(bytes: Uint8Array): number {
  try {
    return headerLength(bytes.subarray(0, lengthBytes), bytes.length)
  } catch (thrown) {
    if (thrown instanceof SafetensorsError) throw new ForeignFileError(thrown.said, { cause: thrown })
    throw thrown
  }
}

/**
 * Reads a safetensors file of any program. Its ranges must cover the data once, without gap or overlap, as the format
 * wants it, so a name that is there twice is found too: the values of the first belong to nobody.
 * @throws ForeignFileError
 */
export function foreignSafetensors(bytes: Uint8Array): ForeignTensors {
  const begin = lengthBytes + lengthOf(bytes)
  const data = bytes.subarray(begin)
  const tensors = Object.entries(headerOf(bytes.subarray(lengthBytes, begin))).flatMap(
    ([name, value]): (ForeignTensor & { readonly from: number })[] => {
      if (name === '__metadata__') return []
      const parsed = Entry.safeParse(value)
      if (!parsed.success) throw new ForeignFileError(phrase('tensor-undescribed', { name }))
      const { dtype, shape, data_offsets: range } = parsed.data
      const [from, to] = range
      const size = bytesOf(dtype)
      if (to < from || to > data.length || (size !== undefined && to - from !== sizeOf(shape) * size))
        throw new ForeignFileError(phrase('tensor-range-unfit', { name }))
      return [{ name, type: dtype, shape, bytes: data.subarray(from, to), from }]
    },
  )
  let covered = 0
  for (const { name, from, bytes: own } of tensors.toSorted(
    (a, b) => a.from - b.from || a.bytes.length - b.bytes.length,
  )) {
    if (from !== covered) throw new ForeignFileError(phrase('tensor-range-unfit', { name }))
    covered += own.length
  }
  if (covered !== data.length)
    throw new ForeignFileError(phrase('data-bytes-unlike', { bytes: data.length, described: covered }))
  return { weights: layersByName(tensors), tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])) }
}
