import { z } from 'zod'
import { sizeOf } from '../../../core/network/shapes.ts'
import { phrase, phraseText, type Phrase } from '../../../core/words/phrases.ts'
import type { TensorValue } from '../shared/tensorValue.ts'

/** The content of a safetensors file: tensors by name, and strings of metadata. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, TensorValue>
  readonly metadata: Readonly<Record<string, string>>
}

/** A file that violates the safetensors format. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError'
  /** Why, in the words of a person. */
  readonly said: Phrase

  constructor(said: Phrase, options?: ErrorOptions) {
    super(phraseText(said, 'en'), options)
    this.said = said
  }
}

/** Bytes of the length that a file begins with. */
export const lengthBytes = 8
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
      throw new SafetensorsError(
        phrase('tensor-values-unlike', { name, values: data.length, shape: shape.join(' x ') }),
      )
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

/** Where the values of a tensor are, in bytes from the end of the header. */
export interface TensorRange {
  readonly name: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** What a header says: the tensors in the order in which their values follow each other, and strings of metadata. */
export interface TensorLayout extends Pick<TensorFile, 'metadata'> {
  readonly ranges: readonly TensorRange[]
}

/**
 * The length of the header, which follows the length itself.
 * @param start The first 8 bytes of the file, or all of a shorter one.
 * @throws SafetensorsError when a file of so many bytes cannot have it.
 */
export function headerLength(start: Uint8Array, fileBytes: number): number {
  if (start.length < lengthBytes) throw new SafetensorsError(phrase('ends-in-length', {}))
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true))
  if (length > longestHeader) throw new SafetensorsError(phrase('header-length-impossible', {}))
  if (lengthBytes + length > fileBytes) throw new SafetensorsError(phrase('ends-in-header', {}))
  return length
}

/** The header of a safetensors file: what is said of each tensor by its name, unchecked. @throws SafetensorsError */
export function headerOf(bytes: Uint8Array): object {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (thrown) {
    throw new SafetensorsError(phrase('header-no-json', {}), { cause: thrown })
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new SafetensorsError(phrase('header-no-tensors', {}))
  return header
}

/**
 * The ranges in the order of the data, which they must cover exactly once, without gap or overlap.
 * @throws SafetensorsError
 */
export function coveringRanges<Range extends Omit<TensorRange, 'shape'>>(
  entries: readonly Range[],
  dataBytes: number,
): Range[] {
  const ranges = entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)
  let covered = 0
  for (const { name, begin, end } of ranges) {
    if (begin !== covered || end < begin) throw new SafetensorsError(phrase('tensor-range-unfit', { name }))
    covered = end
  }
  if (covered !== dataBytes)
    throw new SafetensorsError(phrase('data-bytes-unlike', { bytes: dataBytes, described: covered }))
  return ranges
}

/**
 * Reads the header of a safetensors file of float32 tensors. Nothing in it is trusted: its ranges must cover the data
 * exactly once, without gap or overlap, and each must have the length that its shape implies.
 * @param dataBytes Bytes of the file behind its header.
 * @throws SafetensorsError
 */
export function layoutOf(headerBytes: Uint8Array, dataBytes: number): TensorLayout {
  let metadata: Record<string, string> = {}
  const entries: TensorRange[] = []
  for (const [name, value] of Object.entries(headerOf(headerBytes))) {
    if (name === '__metadata__') {
      const parsed = Metadata.safeParse(value)
      if (!parsed.success) throw new SafetensorsError(phrase('metadata-no-strings', {}))
      metadata = parsed.data
    } else {
      const parsed = Entry.safeParse(value)
      if (!parsed.success) throw new SafetensorsError(phrase('tensor-undescribed', { name }))
      const { shape, data_offsets: range } = parsed.data
      const [begin, end] = range
      if (end - begin !== sizeOf(shape) * floatBytes) throw new SafetensorsError(phrase('tensor-range-unfit', { name }))
      entries.push({ name, shape, begin, end })
    }
  }
  return { ranges: coveringRanges(entries, dataBytes), metadata }
}

/**
 * Reads what the bytes of a safetensors file of float32 tensors say of them, and where their values are in `data`, which
 * is a view.
 * @throws SafetensorsError as `headerLength` and `layoutOf` do.
 */
export function parseLayout(bytes: Uint8Array): TensorLayout & { readonly data: Uint8Array } {
  const dataStart = lengthBytes + headerLength(bytes.subarray(0, lengthBytes), bytes.length)
  const data = bytes.subarray(dataStart)
  return { ...layoutOf(bytes.subarray(lengthBytes, dataStart), data.length), data }
}

/**
 * Reads the bytes of a safetensors file of float32 tensors.
 * @throws SafetensorsError as `parseLayout` does.
 */
export function parseSafetensors(bytes: Uint8Array): TensorFile {
  const { ranges, metadata, data } = parseLayout(bytes)
  // Copied, because a float32 array must begin at a multiple of four and the bytes may start anywhere in a pool.
  const tensors = new Map(
    ranges.map(({ name, shape, begin, end }): [string, TensorValue] => [
      name,
      { shape, data: new Float32Array(Uint8Array.from(data.subarray(begin, end)).buffer) },
    ]),
  )
  return { tensors, metadata }
}
