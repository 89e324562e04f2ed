/** Values that are converted in one part. */
const convertedAtOnce = 1 << 20

/** A half-precision number (IEEE 754 binary16) from its bits. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

interface ValueReader {
  /** Bytes of a value. */
  readonly bytes: number
  readonly read: (view: DataView, at: number) => number
}

const word = new DataView(new ArrayBuffer(4))

const readers: ReadonlyMap<string, ValueReader> = new Map([
  ['F32', { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  ['F64', { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) }],
  ['F16', { bytes: 2, read: (view: DataView, at: number) => halfOf(view.getUint16(at, true)) }],
  [
    'BF16',
    {
      bytes: 2,
      // The upper half of a float32.
      read(view: DataView, at: number) {
        word.setUint16(2, view.getUint16(at, true), true)
        return word.getFloat32(0, true)
      },
    },
  ],
])

/** Bytes of a value of a type that is read; undefined for all others. */
export function bytesOf(type: string): number | undefined {
  return readers.get(type)?.bytes
}

/**
 * Little-endian values of a file as float32; those of F64 are rounded.
 * @returns a generator that yields between parts, so that others may have their turn, and returns all values.
 * @throws Error for a type that is not read.
 */
export function* float32Of(type: string, bytes: Uint8Array): Generator<undefined, Float32Array> {
  const reader = readers.get(type)
  if (reader === undefined) throw new Error(`values of ${type} are not read`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = new Float32Array(bytes.length / reader.bytes)
  for (let index = 0; index < values.length; index += 1) {
    values[index] = reader.read(view, index * reader.bytes)
    if (index % convertedAtOnce === convertedAtOnce - 1) yield
  }
  return values
}
