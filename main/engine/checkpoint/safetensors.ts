import { z } from 'zod'
import { sizeOf } from '../../../core/network/shapes.ts'
import type { TensorValue } from '../shared/tensorValue.ts'

/** The content of a safetensors file: tensors by name, and strings of metadata. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, TensorValue>
  readonly metadata: Readonly<Record<string, string>>
}

/** A file that violates the safetensors format; the message is a short reason. */
export class SafetensorsError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'SafetensorsError'
  }
}

const lengthBytes = 8
const alignment = 8
const floatBytes = 4
/** The format's own limit on the header, in bytes. */
const longestHeader = 100_000_000

const Entry = z.strictObject({
  dtype: z.literal('F32'),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
const Metadata = z.record(z.string(), z.string())

/**
 * Lays out tensors as a safetensors file: length of the header (uint64, little endian), header (JSON, padded with
 * spaces so that the data is aligned), then each tensor's values (float32, little endian, row-major) without gaps, in
 * the order of the map.
 * @returns the parts to write one after another. The data parts are views of the tensors, not copies.
 */
export function safetensorsParts({ tensors, metadata }: TensorFile): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: metadata }
  const parts: Uint8Array[] = []
  let offset = 0
  for (const [name, { shape, data }] of tensors) {
    if (sizeOf(shape) !== data.length)
      throw new SafetensorsError(`${name} has ${data.length} values, but its shape is ${shape.join(' x ')}`)
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] }
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    offset += data.byteLength
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const padded = Math.ceil(text.length / alignment) * alignment
  const start = new Uint8Array(lengthBytes + padded).fill(0x20)
  new DataView(start.buffer).setBigUint64(0, BigInt(padded), true)
  start.set(text, lengthBytes)
  return [start, ...parts]
}

function headerOf(bytes: Uint8Array): { header: object; dataStart: number } {
  if (bytes.length < lengthBytes) throw new SafetensorsError('it ends within its first 8 bytes')
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length > longestHeader) throw new SafetensorsError('its header has an impossible length')
  const dataStart = lengthBytes + length
  if (dataStart > bytes.length) throw new SafetensorsError('it ends within its header')
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(lengthBytes, dataStart)))
  } catch (thrown) {
    throw new SafetensorsError('its header is not JSON', { cause: thrown })
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new SafetensorsError('its header is not a list of tensors')
  return { header, dataStart }
}

/**
 * Reads a safetensors file of float32 tensors. Nothing in it is trusted: the ranges in the header must cover the data
 * exactly once, without gap or overlap, and each must have the length that its shape implies.
 * @param wanted Which tensors are needed; the others are checked and left out.
 * @throws SafetensorsError
 */
export function parseSafetensors(bytes: Uint8Array, wanted: (name: string) => boolean = () => true): TensorFile {
  const { header, dataStart } = headerOf(bytes)
  const data = bytes.subarray(dataStart)
  let metadata: Record<string, string> = {}
  const entries: { name: string; shape: number[]; begin: number; end: number }[] = []
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      const parsed = Metadata.safeParse(value)
      if (!parsed.success) throw new SafetensorsError('its metadata are not strings')
      metadata = parsed.data
    } else {
      const parsed = Entry.safeParse(value)
      if (!parsed.success) throw new SafetensorsError(`its header does not describe ${name} as a float32 tensor`)
      entries.push({
        name,
        shape: parsed.data.shape,
        begin: parsed.data.data_offsets[0],
        end: parsed.data.data_offsets[1],
      })
    }
  }
  let covered = 0
  for (const { name, shape, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered || end - begin !== sizeOf(shape) * floatBytes)
      throw new SafetensorsError(`the range of ${name} does not fit its shape and its neighbours`)
    covered = end
  }
  if (covered !== data.length)
    throw new SafetensorsError(`it has ${data.length} bytes of data, but its header describes ${covered}`)
  // Copied, because a float32 array must begin at a multiple of four and the bytes may start anywhere in a pool.
  const tensors = new Map(
    entries
      .filter(({ name }) => wanted(name))
      .map(({ name, shape, begin, end }): [string, TensorValue] => [
        name,
        { shape, data: new Float32Array(Uint8Array.from(data.subarray(begin, end)).buffer) },
      ]),
  )
  return { tensors, metadata }
}
