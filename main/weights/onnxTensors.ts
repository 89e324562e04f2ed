import { joined } from '../../core/export/pieces.ts'
import { sizeOf } from '../../core/network/shapes.ts'
import {
  type KernelLayout,
  parted,
  readTypes,
  type SourceLayer,
  type TensorRole,
} from '../../core/weights/sourceWeights.ts'
import { phrase } from '../../core/words/phrases.ts'
import { ForeignFileError, type ForeignTensor, type ForeignTensors } from './foreignTensors.ts'
import { type Field, fieldsOf, shortsOf, textOf, wholesOf } from './protobuf.ts'
import { bytesOf } from './weightValues.ts'

/** The numbers of the fields that are read, as onnx.proto has them (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
const inModel = { graph: 7 }
const inGraph = { node: 1, initializer: 5 }
const inNode = { input: 1, output: 2, name: 3, operation: 4, attribute: 5 }
const inAttribute = { name: 1, float: 2, whole: 3, tensor: 5 }
const inTensor = { dims: 1, type: 2, segment: 3, floats: 4, wholes: 5, name: 8, raw: 9, doubles: 10, location: 14 }

/** Types of values by their numbers in TensorProto.DataType; all others are not read. */
const types: Readonly<Record<number, string>> = { 1: 'F32', 10: 'F16', 11: 'F64', 16: 'BF16' }

interface Node {
  readonly operation: string
  readonly name: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly wholes: ReadonlyMap<string, number>
  readonly floats: ReadonlyMap<string, number>
  /** The value of a constant. */
  readonly constant: ForeignTensor | null
}

/** The values of a tensor, raw or listed; null when they are not as many as its shape says. */
function valuesOf(type: string, shape: readonly number[], all: (number: number) => Field[]): Uint8Array | null {
  const raw = all(inTensor.raw)
  // A listed value of 16 bits is a whole number with its bits.
  if (raw.length === 0 && (type === 'F16' || type === 'BF16')) return shortsOf(all(inTensor.wholes), sizeOf(shape))
  const listed = type === 'F32' ? inTensor.floats : type === 'F64' ? inTensor.doubles : null
  const parts = (raw.length > 0 || listed === null ? raw : all(listed)).map((field) => field.bytes)
  // Most tensors are in one part, which need not be copied.
  const bytes = parts.length === 1 ? parts[0] : joined(parts)
  const size = bytesOf(type)
  return size === undefined || bytes.length === sizeOf(shape) * size ? bytes : null
}

/** @throws ForeignFileError where its values are elsewhere, or not as many as its shape says. */
function tensorOf(message: Uint8Array): ForeignTensor {
  const fields = [...fieldsOf(message)]
  const all = (number: number): Field[] => fields.filter((field) => field.number === number)
  const name = all(inTensor.name).map(textOf).at(-1) ?? ''
  if (all(inTensor.location).some((field) => wholesOf(field).includes(1)))
    throw new ForeignFileError(phrase('onnx-external', { name }))
  const shape = all(inTensor.dims).flatMap(wholesOf)
  const number = all(inTensor.type).flatMap(wholesOf).at(-1) ?? 0
  const type = types[number] ?? `type ${number}`
  const bytes = valuesOf(type, shape, all)
  if (bytes === null || shape.some((extent) => extent < 0) || all(inTensor.segment).length > 0)
    throw new ForeignFileError(phrase('tensor-range-unfit', { name }))
  return { name, type, shape, bytes }
}

function nodeOf(message: Uint8Array): Node {
  const fields = [...fieldsOf(message)]
  const texts = (number: number): string[] => fields.filter((field) => field.number === number).map(textOf)
  const wholes = new Map<string, number>()
  const floats = new Map<string, number>()
  let constant: ForeignTensor | null = null
  for (const { bytes } of fields.filter(({ number }) => number === inNode.attribute)) {
    const attribute = [...fieldsOf(bytes)]
    const name =
      attribute
        .filter(({ number }) => number === inAttribute.name)
        .map(textOf)
        .at(-1) ?? ''
    for (const field of attribute) {
      if (field.number === inAttribute.whole) wholes.set(name, wholesOf(field).at(-1) ?? 0)
      if (field.number === inAttribute.float && field.bytes.length === 4)
        floats.set(name, new DataView(field.bytes.buffer, field.bytes.byteOffset).getFloat32(0, true))
      if (field.number === inAttribute.tensor && name === 'value') constant = tensorOf(field.bytes)
    }
  }
  const [outputs, [operation = ''], [name = '']] = [texts(inNode.output), texts(inNode.operation), texts(inNode.name)]
  return { operation, name, inputs: texts(inNode.input), outputs, wholes, floats, constant }
}

/** The layers whose nodes take weights: what these are for follows from the operation and not from their names. */
function layersOf(nodes: readonly Node[], tensors: ReadonlyMap<string, ForeignTensor>): SourceLayer[] {
  // PyTorch's exporter gives equal tensors one name and others that stand for it.
  const standsFor = new Map(
    nodes.flatMap(({ operation, inputs: [input], outputs: [output] }) =>
      operation === 'Identity' && input !== undefined && output !== undefined ? [[output, input] as const] : [],
    ),
  )
  const named = (name: string | undefined): ForeignTensor | undefined => {
    const tensor = name === undefined ? undefined : tensors.get(standsFor.get(name) ?? name)
    return tensor !== undefined && readTypes.includes(tensor.type) ? tensor : undefined
  }
  // Behind a transposition maps may be flattened in either order.
  const turns = nodes.some(({ operation }) => operation === 'Transpose')
  const sums = new Map(
    nodes.flatMap((node) => (node.operation === 'Add' ? node.inputs.map((input) => [input, node] as const) : [])),
  )
  const layers: SourceLayer[] = []
  for (const [place, node] of nodes.entries()) {
    const add = (
      roles: Partial<Record<TensorRole, ForeignTensor | undefined>>,
      layouts: readonly KernelLayout[],
    ): void => {
      const found = Object.entries(roles).flatMap(([role, tensor]) =>
        tensor === undefined ? [] : [[role, tensor] as const],
      )
      if (found.length === 0) return
      const [[, { name: first }]] = found
      const name = parted(first)[0] || node.name || `${node.operation} ${place}`
      layers.push({ name, tensors: Object.fromEntries(found), layouts })
    }
    const { inputs, wholes, floats } = node
    switch (node.operation) {
      case 'Conv':
        add({ kernel: named(inputs[1]), bias: named(inputs[2]) }, ['channels-first'])
        break
      case 'Gemm': {
        const plain =
          (floats.get('alpha') ?? 1) === 1 && (floats.get('beta') ?? 1) === 1 && (wholes.get('transA') ?? 0) === 0
        if (!plain) break
        const layouts: KernelLayout[] =
          wholes.get('transB') === 1
            ? ['channels-first', ...(turns ? (['transposed'] as const) : [])]
            : ['product', ...(turns ? (['channels-last'] as const) : [])]
        add({ kernel: named(inputs[1]), bias: named(inputs[2]) }, layouts)
        break
      }
      case 'MatMul': {
        const bias = sums
          .get(node.outputs[0])
          ?.inputs.map(named)
          .find((tensor) => tensor !== undefined)
        add({ kernel: named(inputs[1]), bias }, ['product', ...(turns ? (['channels-last'] as const) : [])])
        break
      }
      case 'BatchNormalization':
        add(
          { scale: named(inputs[1]), shift: named(inputs[2]), mean: named(inputs[3]), variance: named(inputs[4]) },
          [],
        )
        break
    }
  }
  return layers
}

/**
 * Reads the weights of an ONNX file: its initializers and constants. What they are for follows from the nodes that take
 * them.
 * @throws ForeignFileError where it is broken, or its values are in other files.
 */
export function onnxTensors(bytes: Uint8Array): ForeignTensors {
  const graphs = [...fieldsOf(bytes)].filter(({ number }) => number === inModel.graph)
  if (graphs.length !== 1) throw new ForeignFileError(phrase('onnx-broken', {}))
  const tensors = new Map<string, ForeignTensor>()
  const nodes: Node[] = []
  const add = (tensor: ForeignTensor): void => {
    if (tensors.has(tensor.name)) throw new ForeignFileError(phrase('tensor-twice', { name: tensor.name }))
    tensors.set(tensor.name, tensor)
  }
  for (const { number, bytes: part } of fieldsOf(graphs[0].bytes)) {
    if (number === inGraph.node) nodes.push(nodeOf(part))
    if (number !== inGraph.initializer) continue
    add(tensorOf(part))
  }
  for (const {
    constant,
    outputs: [output],
  } of nodes) {
    if (constant !== null && output !== undefined) add({ ...constant, name: output })
  }
  const layers = layersOf(nodes, tensors)
  const placed = new Set(layers.flatMap((layer) => Object.values(layer.tensors).map(({ name }) => name)))
  return { weights: { layers, others: [...tensors.keys()].filter((name) => !placed.has(name)) }, tensors }
}
