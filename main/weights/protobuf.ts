import { phrase } from '../../core/words/phrases.ts'
import { ForeignFileError } from './foreignTensors.ts'

/** A field of a message: a whole number, or the bytes of a text, a message, fixed values or packed ones. */
export interface Field {
  readonly number: number
  readonly whole: bigint | null
  readonly bytes: Uint8Array
}

function broken(): never {
  throw new ForeignFileError(phrase('onnx-broken', {}))
}

/** Whole numbers of a variable length, from the place `at` on, which moves. */
class Reader {
  at = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length
  }

  varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.ended) broken()
      const byte = this.#bytes[this.at]
      this.at += 1
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    return broken()
  }

  taken(length: number): Uint8Array {
    if (length > this.#bytes.length - this.at) broken()
    this.at += length
    return this.#bytes.subarray(this.at - length, this.at)
  }
}

/** The most fields of a message, and the most bytes of packed whole numbers: more than any that is read here has. */
const mostFields = 100_000
const mostPacked = 1000

/**
 * The fields of a message in the order of the file, by protocol buffers' encoding
 * (https://protobuf.dev/programming-guides/encoding/). Bytes are views, not copies.
 * @throws ForeignFileError where the bytes are no message.
 */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = new Reader(message)
  for (let count = 0; !reader.ended; count += 1) {
    if (count === mostFields) broken()
    const tag = reader.varint()
    const number = Number(tag >> 3n)
    switch (tag & 7n) {
      case 0n:
        yield { number, whole: reader.varint(), bytes: new Uint8Array() }
        break
      case 1n:
        yield { number, whole: null, bytes: reader.taken(8) }
        break
      case 2n: {
        const length = reader.varint()
        if (length > BigInt(message.length)) broken()
        yield { number, whole: null, bytes: reader.taken(Number(length)) }
        break
      }
      case 5n:
        yield { number, whole: null, bytes: reader.taken(4) }
        break
      default:
        broken()
    }
  }
}

/** Signed whole numbers of a field that may be packed. @throws ForeignFileError where one is too large to be exact. */
export function wholesOf({ whole, bytes }: Field): number[] {
  const exact = (value: bigint): number => {
    const number = Number(BigInt.asIntN(64, value))
    return Number.isSafeInteger(number) ? number : broken()
  }
  if (whole !== null) return [exact(whole)]
  if (bytes.length > mostPacked) broken()
  const reader = new Reader(bytes)
  const values: number[] = []
  while (!reader.ended) values.push(exact(reader.varint()))
  return values
}

/** Bytes of the longest whole number of 16 bits. */
const longestShort = 3

/**
 * Whole numbers of 16 bits in fields that may be packed, as little-endian bytes. There may be millions of them.
 * @returns null when they are not `count`.
 * @throws ForeignFileError where one has more bits.
 */
export function shortsOf(fields: readonly Field[], count: number): Uint8Array | null {
  const packed = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte < 0x80 ? 1 : 0), 0)
  const found = fields.reduce((sum, { whole, bytes }) => sum + (whole === null ? packed(bytes) : 1), 0)
  if (found !== count) return null
  const shorts = new Uint8Array(2 * count)
  let at = 0
  const add = (value: number): void => {
    if (value > 0xffff) broken()
    shorts[at] = value & 0xff
    shorts[at + 1] = value >> 8
    at += 2
  }
  for (const { whole, bytes } of fields) {
    if (whole !== null) add(Number(whole))
    let value = 0
    let length = 0
    for (const byte of bytes) {
      if (length === longestShort) broken()
      value |= (byte & 0x7f) << (7 * length)
      length += 1
      if (byte >= 0x80) continue
      add(value)
      value = 0
      length = 0
    }
    if (length > 0) broken()
  }
  return shorts
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** The text of a field. @throws ForeignFileError where it is none. */
export function textOf({ bytes }: Field): string {
  try {
    return decoder.decode(bytes)
  } catch (thrown) {
    throw new ForeignFileError(phrase('onnx-broken', {}), { cause: thrown })
  }
}
