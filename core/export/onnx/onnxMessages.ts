/**
 * The messages of an ONNX file, with the numbers of their fields
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
import type { Weights } from '../exportedNetwork.ts'
import type { Pieces } from '../pieces.ts'
import { bytesField, floatField, integerField, messageField, textField } from '../protobuf.ts'

/** Element types by ONNX's numbers (`TensorProto.DataType`). */
export const elementTypes = { float32: 1, uint8: 2, int64: 7 } as const
export type OnnxElement = keyof typeof elementTypes

/** A setting of a node. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly text: string }

/** Numbers of attribute types (`AttributeProto.AttributeType`). */
const attributeTypes = { float: 1, int: 2, text: 3, ints: 7 } as const

function attributeFields(attribute: OnnxAttribute): Pieces[] {
  if ('int' in attribute) return [integerField(3, attribute.int), integerField(20, attributeTypes.int)]
  if ('float' in attribute) return [floatField(2, attribute.float), integerField(20, attributeTypes.float)]
  if ('text' in attribute) return [textField(4, attribute.text), integerField(20, attributeTypes.text)]
  return [...attribute.ints.map((value) => integerField(8, value)), integerField(20, attributeTypes.ints)]
}

/** `GraphProto.node`: one operation with one output, named after it. */
export function nodeField(
  operation: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, OnnxAttribute>>,
): Pieces {
  return messageField(
    1,
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, output),
    textField(4, operation),
    ...Object.entries(attributes).map(([name, attribute]) =>
      messageField(5, textField(1, name), ...attributeFields(attribute)),
    ),
  )
}

/** Little endian, as the format asks, on any computer. */
function floatBytes(data: Float32Array): Uint8Array {
  const bytes = new Uint8Array(data.length * 4)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < data.length; index += 1) view.setFloat32(index * 4, data[index], true)
  return bytes
}

/** `GraphProto.initializer` of float32. */
export function floatsField(name: string, { shape, data }: Weights): Pieces {
  return messageField(
    5,
    ...shape.map((extent) => integerField(1, extent)),
    integerField(2, elementTypes.float32),
    textField(8, name),
    bytesField(9, floatBytes(data)),
  )
}

/** `GraphProto.initializer` of int64 with one dimension. */
export function integersField(name: string, values: readonly number[]): Pieces {
  return messageField(
    5,
    integerField(1, values.length),
    integerField(2, elementTypes.int64),
    ...values.map((value) => integerField(7, value)),
    textField(8, name),
  )
}

/** `GraphProto.input` (11) or `output` (12). A dimension that is free has a name. */
export function valueField(
  field: 11 | 12,
  name: string,
  element: OnnxElement,
  shape: readonly (number | string)[],
): Pieces {
  const dimensions = shape.map((extent) =>
    messageField(1, typeof extent === 'string' ? textField(2, extent) : integerField(1, extent)),
  )
  const tensor = messageField(1, integerField(1, elementTypes[element]), messageField(2, ...dimensions))
  return messageField(field, textField(1, name), messageField(2, tensor))
}

/** A whole file: `ModelProto`, with one operator set of ONNX's own and facts in words. */
export function modelFields(
  { irVersion, opset }: { readonly irVersion: number; readonly opset: number },
  { name, fields }: { readonly name: string; readonly fields: readonly Pieces[] },
  metadata: Readonly<Record<string, string>>,
): Pieces {
  return [
    integerField(1, irVersion),
    textField(2, 'conv-lab'),
    messageField(7, textField(2, name), ...fields),
    messageField(8, textField(1, ''), integerField(2, opset)),
    ...Object.entries(metadata).map(([key, value]) => messageField(14, textField(1, key), textField(2, value))),
  ].flat()
}
