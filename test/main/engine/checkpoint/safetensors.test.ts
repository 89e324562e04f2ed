import { describe, expect, it } from 'vitest'
import { parseSafetensors, SafetensorsError, safetensorsParts } from '../../../../main/engine/checkpoint/safetensors.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'

const tensors = new Map<string, TensorValue>([
  ['conv_1/kernel', { shape: [1, 2, 3], data: Float32Array.of(1, -2, 0.1, 3e38, -1e-40, -0) }],
  ['conv_1/bias', { shape: [2], data: Float32Array.of(7, 8) }],
  ['empty', { shape: [0, 4], data: new Float32Array() }],
])
const metadata = { step: '300', note: 'naïve “текст”' }
const file = Buffer.concat(safetensorsParts({ tensors, metadata }))
const headerLength = Number(file.readBigUInt64LE(0))

/** A file with this header and the data of the good one. */
function withHeader(header: string): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)))
  return Buffer.concat([length, Buffer.from(header), file.subarray(8 + headerLength)])
}

const goodHeader = file.subarray(8, 8 + headerLength).toString()

describe('a safetensors file', () => {
  it('gives back the tensors and strings that were written, bit for bit', () => {
    const read = parseSafetensors(file)
    expect(read.metadata).toEqual(metadata)
    expect(read.tensors).toEqual(tensors)
    expect(Object.is(read.tensors.get('conv_1/kernel')?.data[5], -0)).toBe(true)
  })

  it('is laid out as the format says: length, JSON, then float32 values, little endian, aligned to 8 bytes', () => {
    expect(headerLength % 8).toBe(0)
    expect(JSON.parse(goodHeader)).toEqual({
      __metadata__: metadata,
      'conv_1/kernel': { dtype: 'F32', shape: [1, 2, 3], data_offsets: [0, 24] },
      'conv_1/bias': { dtype: 'F32', shape: [2], data_offsets: [24, 32] },
      empty: { dtype: 'F32', shape: [0, 4], data_offsets: [32, 32] },
    })
    expect(file.readFloatLE(8 + headerLength + 24)).toBe(7)
    expect(file.length).toBe(8 + headerLength + 32)
  })

  it('is read from any place in memory', () => {
    const shifted = Buffer.concat([Buffer.alloc(3), file])
    expect(parseSafetensors(shifted.subarray(3)).tensors).toEqual(tensors)
  })

  it('is refused wherever it is cut off', () => {
    for (let length = 0; length < file.length; length += 1) {
      expect(() => parseSafetensors(file.subarray(0, length)), `cut to ${length} bytes`).toThrow(SafetensorsError)
    }
  })

  it('is refused with bytes after its end', () => {
    expect(() => parseSafetensors(Buffer.concat([file, Buffer.alloc(4)]))).toThrow(SafetensorsError)
  })

  it.each([
    ['is not JSON', '{"a":'],
    ['is no object', '[]'],
    ['is null', 'null'],
    ['has another type of number', goodHeader.replace('F32', 'F64')],
    ['has a shape that does not fit its range', goodHeader.replace('[1,2,3]', '[1,2,4]')],
    ['has a negative shape', goodHeader.replace('[1,2,3]', '[-1,-2,3]')],
    ['leaves a gap', goodHeader.replace('[24,32]', '[28,36]')],
    ['has ranges that overlap', goodHeader.replace('[24,32]', '[20,28]')],
    ['points behind the end', goodHeader.replace('[24,32]', '[24,4000]')],
    [
      'forgets a tensor',
      JSON.stringify({ 'conv_1/kernel': { dtype: 'F32', shape: [1, 2, 3], data_offsets: [0, 24] } }),
    ],
    ['has metadata that are no strings', goodHeader.replace('"300"', '300')],
    ['has an entry that is no tensor', goodHeader.replace('"shape"', '"form"')],
  ])('is refused when its header %s', (_, header) => {
    expect(() => parseSafetensors(withHeader(header))).toThrow(SafetensorsError)
  })

  it('is refused when its header claims an impossible length', () => {
    const huge = Buffer.from(file)
    huge.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 0)
    expect(() => parseSafetensors(huge)).toThrow(SafetensorsError)
  })

  it('is not made of a tensor whose values do not fit its shape', () => {
    expect(() =>
      safetensorsParts({ tensors: new Map([['a', { shape: [3], data: new Float32Array(2) }]]), metadata: {} }),
    ).toThrow(SafetensorsError)
  })
})
