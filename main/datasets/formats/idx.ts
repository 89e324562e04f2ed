import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'

/** Bytes before the elements of an idx file. */
function headerBytes(shape: readonly number[]): number {
  return 4 + 4 * shape.length
}

/** What stands first in an idx file of unsigned bytes with so many dimensions. */
function magicNumber(shape: readonly number[]): number {
  return (8 << 8) | shape.length
}

/** The parts of an idx file with these bytes, in the format that `readIdx` reads. */
export function idxParts(shape: readonly number[], bytes: Uint8Array): Uint8Array[] {
  const header = Buffer.alloc(headerBytes(shape))
  header.writeUInt32BE(magicNumber(shape))
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis))
  return [header, bytes]
}

/**
 * Reads an idx file (the format of MNIST's authors): two zero bytes, the element type (8: unsigned byte), the number of
 * dimensions, each dimension as a big-endian uint32, then the elements with the last dimension fastest.
 * @returns the elements, a view of `bytes`.
 * @throws SourceError when the dimensions or the length do not match `shape`.
 */
export function readIdx(bytes: Uint8Array, shape: readonly number[]): Uint8Array {
  const header = headerBytes(shape)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = shape.reduce((product, size) => product * size, 1)
  const fits =
    bytes.byteLength === header + count &&
    view.getUint32(0) === magicNumber(shape) &&
    shape.every((size, axis) => view.getUint32(4 + 4 * axis) === size)
  if (!fits) throw new SourceError(phrase('idx-unfit', { extents: shape.join(' × ') }))
  return bytes.subarray(header)
}
