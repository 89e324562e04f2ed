import { SourceError } from '../definition.ts'

/**
 * Reads an idx file (the format of MNIST's authors): two zero bytes, the element type (8: unsigned byte), the number of
 * dimensions, each dimension as a big-endian uint32, then the elements with the last dimension fastest.
 * @returns the elements, a view of `bytes`.
 * @throws SourceError when the dimensions or the length do not match `shape`.
 */
export function readIdx(bytes: Uint8Array, shape: readonly number[]): Uint8Array {
  const header = 4 + 4 * shape.length
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = shape.reduce((product, size) => product * size, 1)
  const fits =
    bytes.byteLength === header + count &&
    view.getUint32(0) === ((8 << 8) | shape.length) &&
    shape.every((size, axis) => view.getUint32(4 + 4 * axis) === size)
  if (!fits) throw new SourceError(`an idx file does not hold ${shape.join(' × ')} bytes`)
  return bytes.subarray(header)
}
