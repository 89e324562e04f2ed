import { inflateSync } from 'node:zlib'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'

/** Largest array that is unpacked, in bytes. An annotation has a few hundred. */
const largest = 1 << 20
const headerBytes = 128

/** The data types of the format that are read, and how a number of each is stored (little endian). */
const numbers: Readonly<
  Record<number, { readonly bytes: number; readonly read: (from: Buffer, at: number) => number }>
> = {
  1: { bytes: 1, read: (from, at) => from.readInt8(at) },
  2: { bytes: 1, read: (from, at) => from.readUInt8(at) },
  3: { bytes: 2, read: (from, at) => from.readInt16LE(at) },
  4: { bytes: 2, read: (from, at) => from.readUInt16LE(at) },
  5: { bytes: 4, read: (from, at) => from.readInt32LE(at) },
  6: { bytes: 4, read: (from, at) => from.readUInt32LE(at) },
  7: { bytes: 4, read: (from, at) => from.readFloatLE(at) },
  9: { bytes: 8, read: (from, at) => from.readDoubleLE(at) },
}
const matrix = 14
const compressed = 15

interface Element {
  readonly type: number
  readonly data: Buffer
  /** Offset of the next element. */
  readonly end: number
}

/**
 * Reads one element: its type and size, then its data. Up to four bytes of data lie in the tag itself. Inside an array,
 * elements begin at multiples of eight bytes.
 */
function readElement(from: Buffer, at: number): Element {
  if (at + 8 > from.length) throw new SourceError(phrase('matlab-breaks-off', {}))
  const first = from.readUInt32LE(at)
  const short = first >>> 16
  const bytes = short > 0 ? short : from.readUInt32LE(at + 4)
  const start = short > 0 ? at + 4 : at + 8
  const type = short > 0 ? first & 0xffff : first
  if (short > 4 || start + bytes > from.length) throw new SourceError(phrase('matlab-breaks-off', {}))
  const end = short > 0 ? at + 8 : start + (type === compressed ? bytes : Math.ceil(bytes / 8) * 8)
  return { type, data: from.subarray(start, start + bytes), end }
}

/**
 * The numbers of an array if it has the wanted name, otherwise null. An array consists of flags, dimensions, name and
 * numbers.
 */
function readArray(array: Buffer, wanted: string): number[] | null {
  const flags = readElement(array, 0)
  const extents = readElement(array, flags.end)
  const name = readElement(array, extents.end)
  if (name.data.toString('latin1') !== wanted) return null
  const { type, data } = readElement(array, name.end)
  if (!Object.hasOwn(numbers, type)) throw new SourceError(phrase('matlab-no-numbers', { name: wanted }))
  const { bytes, read } = numbers[type]
  return Array.from({ length: Math.floor(data.length / bytes) }, (_, index) => read(data, index * bytes))
}

/**
 * The numbers of one array of a MATLAB 5 file (“MAT-File Format”, The MathWorks 2019, level 5), column by column. Reads
 * only what annotations need: little endian, full arrays of real numbers, compressed or not.
 * @throws SourceError when it is not a MATLAB file, is cut short, or has no array of that name.
 */
export function readMatlabArray(file: Buffer, wanted: string): number[] {
  if (
    file.length < headerBytes ||
    !file.toString('latin1', 0, 10).startsWith('MATLAB 5.0') ||
    file.toString('latin1', 126, 128) !== 'IM'
  )
    throw new SourceError(phrase('matlab-foreign', {}))
  for (let at = headerBytes; at < file.length;) {
    const element = readElement(file, at)
    const { type, data } = element.type === compressed ? readElement(inflated(element.data), 0) : element
    const found = type === matrix ? readArray(data, wanted) : null
    if (found !== null) return found
    at = element.end
  }
  throw new SourceError(phrase('matlab-without', { name: wanted }))
}

function inflated(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: largest })
  } catch (cause) {
    throw new SourceError(phrase('matlab-damaged', {}), { cause })
  }
}
