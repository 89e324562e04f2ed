import { describe, expect, test } from 'vitest'
import { onnxTensors } from '../../../main/weights/onnxTensors.ts'
import { float32Of } from '../../../main/weights/weightValues.ts'

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))]
}

/** A field of protocol buffers with bytes, a text or a whole number. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.from([...varint(number << 3), ...varint(value)])
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes])
}

function tensor(name: string, dims: number[], type: number, values: Buffer, more: Buffer[] = []): Buffer {
  const shape = field(1, Buffer.from(dims.flatMap(varint)))
  return Buffer.concat([shape, field(2, type), field(8, name), field(9, values), ...more])
}

/** A tensor whose values are listed in a field, each alone or packed. */
function listedTensor(name: string, dims: number[], type: number, lists: Buffer[]): Buffer {
  return Buffer.concat([field(1, Buffer.from(dims.flatMap(varint))), field(2, type), field(8, name), ...lists])
}

/** `int32_data`, packed as `onnx.helper.make_tensor` writes it. */
const packed = (...values: number[]): Buffer => field(5, Buffer.from(values.flatMap(varint)))

function node(operation: string, inputs: string[], outputs: string[], more: Buffer[] = []): Buffer {
  return Buffer.concat([
    ...inputs.map((input) => field(1, input)),
    ...outputs.map((output) => field(2, output)),
    field(4, operation),
    ...more,
  ])
}

function model(nodes: Buffer[], initializers: Buffer[]): Buffer {
  const graph = Buffer.concat([...nodes.map((one) => field(1, one)), ...initializers.map((one) => field(5, one))])
  return Buffer.concat([field(1, 8), field(7, graph)])
}

const floats = (count: number): Buffer => Buffer.from(Float32Array.from({ length: count }, (_, index) => index).buffer)

describe('an ONNX file', () => {
  test('tells by its nodes what tensors are for, also through names that stand for others', () => {
    const initializers = [
      tensor('w', [2, 3], 1, floats(6)),
      tensor('b', [3], 1, floats(3)),
      tensor('k', [3, 3], 1, floats(9)),
    ]
    const nodes = [
      node('MatMul', ['x', 'w'], ['y']),
      node('Add', ['y', 'b'], ['z']),
      node('Identity', ['k'], ['same']),
      node('Gemm', ['z', 'same'], ['out'], [field(5, Buffer.concat([field(1, 'transB'), field(3, 1)]))]),
    ]
    const { weights } = onnxTensors(model(nodes, initializers))
    expect(weights.others).toEqual([])
    expect(weights.layers).toMatchObject([
      {
        name: 'MatMul 0',
        tensors: { kernel: { name: 'w', shape: [2, 3] }, bias: { name: 'b' } },
        layouts: ['product'],
      },
      { name: 'Gemm 3', tensors: { kernel: { name: 'k' } }, layouts: ['channels-first'] },
    ])
    // Behind a transposition the order of flattened maps is not known.
    const turned = onnxTensors(model([node('Transpose', ['x'], ['t']), ...nodes], initializers))
    expect(turned.weights.layers.map(({ layouts }) => layouts)).toEqual([
      ['product', 'channels-last'],
      ['channels-first', 'transposed'],
    ])
  })

  test('has values in several types, and as lists', () => {
    const halves = Buffer.from(Uint16Array.from([0x3c00, 0xc000, 0x0001, 0x7bff]).buffer)
    const upper = Buffer.from(Uint16Array.from([0x3f80, 0xc000, 0x3eaa, 0x7f7f]).buffer)
    const doubles = Buffer.from(Float64Array.from([1, -2, 1 / 3, 1e-300]).buffer)
    const listed = listedTensor('listed', [2], 1, [field(4, floats(2))])
    const halvesListed = listedTensor('halves', [2, 3], 10, [packed(0x3c00, 0xc000, 0x7b, 0), packed(0xfbff, 1)])
    const uppersListed = listedTensor('uppers', [2], 16, [field(5, 0x3f80), field(5, 0xc000)])
    const { tensors } = onnxTensors(
      model(
        [],
        [
          tensor('half', [4], 10, halves),
          tensor('upper', [4], 16, upper),
          tensor('double', [4], 11, doubles),
          listed,
          halvesListed,
          uppersListed,
        ],
      ),
    )
    const values = (name: string): number[] => {
      const { type, bytes } = tensors.get(name) ?? { type: '', bytes: new Uint8Array() }
      const part = float32Of(type, bytes).next()
      return part.done === true ? [...part.value] : []
    }
    expect(values('half')).toEqual([1, -2, 2 ** -24, 65504])
    expect(values('upper')).toEqual([1, -2, 0.33203125, 3.3895313892515355e38])
    expect(values('double')).toEqual([1, -2, Math.fround(1 / 3), 0])
    expect(values('listed')).toEqual([0, 1])
    expect(values('halves')).toEqual([1, -2, 123 * 2 ** -24, 0, -65504, 2 ** -24])
    expect(values('uppers')).toEqual([1, -2])
  })

  test.each([
    ['values elsewhere', [tensor('w', [1], 1, floats(1), [field(14, 1)])], /values of w are in another file/],
    ['a name twice', [tensor('w', [1], 1, floats(1)), tensor('w', [1], 1, floats(1))], /two tensors w/],
    ['too few values', [tensor('w', [2], 1, floats(1))], /w does not fit/],
    ['too few listed halves', [listedTensor('w', [3], 10, [packed(1, 2)])], /w does not fit/],
    ['too many listed halves', [listedTensor('w', [1], 10, [packed(1), packed(2)])], /w does not fit/],
    ['a listed half of more than 16 bits', [listedTensor('w', [1], 10, [packed(0x10000)])], /no whole ONNX/],
    ['a listed half of many bytes', [listedTensor('w', [1], 10, [packed(2 ** 50)])], /no whole ONNX/],
    ['a listed half without its end', [listedTensor('w', [0], 10, [field(5, Buffer.from([0x80]))])], /no whole ONNX/],
    ['a shape beyond all bounds', [tensor('w', [2 ** 50, 2 ** 50], 1, floats(1))], /w does not fit/],
    ['more dimensions than any tensor has', [tensor('w', Array<number>(2000).fill(1), 1, floats(1))], /no whole ONNX/],
    ['more fields than any tensor has', [Buffer.alloc(400_000, Buffer.from([8, 1]))], /no whole ONNX/],
  ])('is refused with %s', (_, initializers, said) => {
    expect(() => onnxTensors(model([], initializers))).toThrow(said)
  })
})
