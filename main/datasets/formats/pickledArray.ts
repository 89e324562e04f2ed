import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'

/** How a whole number lies in the bytes of an array: numpy's `u1`, `i8` ... with a byte order. */
export interface IntegerType {
  readonly bytes: 1 | 2 | 4 | 8
  readonly signed: boolean
  readonly bigEndian: boolean
}

/** An array of whole numbers as numpy pickles it, in row-major order (last axis fastest). */
export interface PickledArray {
  readonly kind: 'array'
  readonly shape: readonly number[]
  readonly type: IntegerType
  /** Its elements, `type.bytes` each. */
  readonly bytes: Uint8Array
}

/**
 * Puts an array together.
 * @param columnsFirst whether the bytes are in column-major order (first axis fastest).
 * @throws SourceError when the bytes do not fill it, and for column-major arrays that are no matrix.
 */
export function pickledArray(
  shape: readonly number[],
  type: IntegerType,
  columnsFirst: boolean,
  bytes: Uint8Array,
): PickledArray {
  if (bytes.byteLength !== shape.reduce((product, size) => product * size, type.bytes))
    throw new SourceError(phrase('pickle-unfilled', {}))
  return { kind: 'array', shape, type, bytes: columnsFirst && shape.length > 1 ? turned(bytes, shape, type) : bytes }
}

/** The bytes of a column-major matrix in row-major order. */
function turned(raw: Uint8Array, shape: readonly number[], { bytes: size }: IntegerType): Uint8Array {
  if (shape.length !== 2) throw new SourceError(phrase('pickle-no-matrix', {}))
  const [rows, columns] = shape
  const bytes = new Uint8Array(raw.byteLength)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const from = (column * rows + row) * size
      bytes.set(raw.subarray(from, from + size), (row * columns + column) * size)
    }
  return bytes
}

/** The elements of an array in row-major order. Those of 8 bytes are rounded to what a number can hold. */
export function integersOf({ type, bytes }: Pick<PickledArray, 'type' | 'bytes'>): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.byteLength / type.bytes }, (_, index) => integerAt(view, index * type.bytes, type))
}

function integerAt(view: DataView, at: number, { bytes, signed, bigEndian }: IntegerType): number {
  switch (bytes) {
    case 1:
      return signed ? view.getInt8(at) : view.getUint8(at)
    case 2:
      return signed ? view.getInt16(at, !bigEndian) : view.getUint16(at, !bigEndian)
    case 4:
      return signed ? view.getInt32(at, !bigEndian) : view.getUint32(at, !bigEndian)
    case 8:
      return Number(signed ? view.getBigInt64(at, !bigEndian) : view.getBigUint64(at, !bigEndian))
  }
}
