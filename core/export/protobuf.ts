/**
 * Protocol Buffers, the writing half: a message is the list of its fields
 * (https://protobuf.dev/programming-guides/encoding). ONNX and TensorBoard's events are such messages.
 */

import { lengthOf, type Pieces } from './pieces.ts'

const text = new TextEncoder()

/** A number of seven bits a byte, the lowest first; a negative one in two's complement of 64 bits. */
function varint(value: number | bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 0x80 : low)
  } while (rest > 0n)
  return bytes
}

/** What stands in front of a field: its number, and how its end is found. */
function key(field: number, wire: 0 | 1 | 2 | 5): number[] {
  return varint(field * 8 + wire)
}

function delimited(field: number, content: Pieces): Pieces {
  return [Uint8Array.from([...key(field, 2), ...varint(lengthOf(content))]), ...content]
}

/** A field of type int32, int64, uint64, bool or of an enum. */
export function integerField(field: number, value: number): Pieces {
  return [Uint8Array.from([...key(field, 0), ...varint(value)])]
}

/** A field of type float. */
export function floatField(field: number, value: number): Pieces {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return [Uint8Array.from([...key(field, 5), ...bytes])]
}

/** A field of type double. */
export function doubleField(field: number, value: number): Pieces {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return [Uint8Array.from([...key(field, 1), ...bytes])]
}

/** A field of type string. */
export function textField(field: number, value: string): Pieces {
  return delimited(field, [text.encode(value)])
}

/** A field of type bytes. */
export function bytesField(field: number, value: Uint8Array): Pieces {
  return delimited(field, [value])
}

/** A field of type repeated double, packed. */
export function doublesField(field: number, values: readonly number[]): Pieces {
  const bytes = new Uint8Array(8 * values.length)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of values.entries()) view.setFloat64(8 * index, value, true)
  return delimited(field, [bytes])
}

/** A field that is a message with these fields. */
export function messageField(field: number, ...fields: readonly Pieces[]): Pieces {
  return delimited(field, fields.flat())
}
