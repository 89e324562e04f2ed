import messages, {
  type AttrValue,
  type NodeDef,
  type SignatureDef,
  type TensorInfo,
  type TensorShape,
} from '@tensorflow/tfjs-node/dist/proto/api_pb.js'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type {
  AnyValue,
  Attribute,
  Constant,
  ElementType,
  GraphNode,
  Signature,
} from '../../../core/graph/graphBuilder.ts'
import { writeProblem } from '../../files/atomicFile.ts'

/** The tag that identifies the graph of a SavedModel. */
export const servingTag = 'serve'

/** TensorFlow's numbers of element types (types.proto). */
const typeNumbers: Readonly<Record<ElementType, number>> = { float32: 1, int32: 3, uint8: 4, bool: 10, resource: 20 }

/**
 * The version of the graph format that we write; it fixes the meaning of the operations. TensorFlow refuses a graph
 * without one.
 */
const graphProducer = 1087

/** TensorFlow's notation for an output of a node. */
export function textOf({ node, index }: AnyValue): string {
  return `${node}:${index}`
}

function shapeMessage(shape: readonly number[]): TensorShape {
  const message = new messages.TensorShape()
  for (const extent of shape) {
    const dimension = new messages.TensorShape.Dim()
    dimension.setSize(extent)
    message.addDim(dimension)
  }
  return message
}

/** Bytes of a constant, little endian as the format requires. */
function bytesOf(constant: Constant): Uint8Array {
  const bytes = new Uint8Array(constant.values.length * 4)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < constant.values.length; index += 1) {
    if (constant.type === 'float32') view.setFloat32(index * 4, constant.values[index], true)
    else view.setInt32(index * 4, constant.values[index], true)
  }
  return bytes
}

function attributeMessage(attribute: Attribute): AttrValue {
  const message = new messages.AttrValue()
  if ('type' in attribute) message.setType(typeNumbers[attribute.type])
  else if ('int' in attribute) message.setI(attribute.int)
  else if ('float' in attribute) message.setF(attribute.float)
  else if ('bool' in attribute) message.setB(attribute.bool)
  else if ('text' in attribute) message.setS(new TextEncoder().encode(attribute.text))
  else if ('shape' in attribute) message.setShape(shapeMessage(attribute.shape))
  else if ('ints' in attribute) {
    const list = new messages.AttrValue.ListValue()
    list.setIList([...attribute.ints])
    message.setList(list)
  } else {
    const tensor = new messages.Tensor()
    tensor.setDtype(typeNumbers[attribute.constant.type])
    tensor.setTensorShape(shapeMessage(attribute.constant.shape))
    tensor.setTensorContent(bytesOf(attribute.constant))
    message.setTensor(tensor)
  }
  return message
}

function nodeMessage(node: GraphNode): NodeDef {
  const message = new messages.NodeDef()
  message.setName(node.name)
  message.setOp(node.operation)
  for (const input of node.inputs) message.addInput(textOf(input))
  for (const name of node.after) message.addInput(`^${name}`)
  const attributes = message.getAttrMap()
  for (const [name, attribute] of Object.entries(node.attributes)) attributes.set(name, attributeMessage(attribute))
  return message
}

function tensorInfo(value: AnyValue): TensorInfo {
  const message = new messages.TensorInfo()
  message.setName(textOf(value))
  message.setDtype(typeNumbers[value.type])
  message.setTensorShape(shapeMessage(value.shape))
  return message
}

function signatureMessage(signature: Signature): SignatureDef {
  const message = new messages.SignatureDef()
  for (const [name, value] of signature.inputs) message.getInputsMap().set(name, tensorInfo(value))
  for (const [name, value] of signature.outputs) message.getOutputsMap().set(name, tensorInfo(value))
  message.setMethodName('tensorflow/serving/predict')
  return message
}

/** The bytes of `saved_model.pb`: one graph with its signatures. It does not contain the values of variables. */
export function savedModelBytes(
  nodes: readonly GraphNode[],
  signatures: Readonly<Partial<Record<string, Signature>>>,
): Uint8Array {
  const graph = new messages.GraphDef()
  for (const node of nodes) graph.addNode(nodeMessage(node))
  const versions = new messages.VersionDef()
  versions.setProducer(graphProducer)
  graph.setVersions(versions)

  const metaGraph = new messages.MetaGraphDef()
  const information = new messages.MetaGraphDef.MetaInfoDef()
  information.addTags(servingTag)
  metaGraph.setMetaInfoDef(information)
  metaGraph.setGraphDef(graph)
  for (const [name, signature] of Object.entries(signatures))
    if (signature !== undefined) metaGraph.getSignatureDefMap().set(name, signatureMessage(signature))

  const savedModel = new messages.SavedModel()
  savedModel.setSavedModelSchemaVersion(1)
  savedModel.addMetaGraphs(metaGraph)
  return savedModel.serializeBinary()
}

/**
 * Writes a SavedModel to a temporary folder that TensorFlow can load from. The folder is removed when `use` returns or
 * throws.
 * @throws LabError `disk-full` or `write-failed` when the temporary folder cannot be written.
 */
export function withSavedModel<Result>(bytes: Uint8Array, use: (folder: string) => Result): Result {
  const place = path.join(os.tmpdir(), 'conv-lab-graph-')
  let folder: string | null = null
  try {
    try {
      folder = mkdtempSync(place)
      writeFileSync(path.join(folder, 'saved_model.pb'), bytes)
    } catch (thrown) {
      throw writeProblem(thrown, folder ?? place)
    }
    return use(folder)
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  }
}
