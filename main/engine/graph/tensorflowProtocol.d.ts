/**
 * The part of TensorFlow's protocol buffers that we need to write the graph. protoc generated these messages without
 * types; they ship with tfjs-node.
 */
declare module '@tensorflow/tfjs-node/dist/proto/api_pb.js' {
  interface MessageMap<Value> {
    set(key: string, value: Value): unknown
  }

  class Message {
    serializeBinary(): Uint8Array
  }

  class Dim extends Message {
    setSize(value: number): void
  }

  class TensorShape extends Message {
    static Dim: typeof Dim
    addDim(value: Dim): void
  }

  class Tensor extends Message {
    setDtype(value: number): void
    setTensorShape(value: TensorShape): void
    setTensorContent(value: Uint8Array): void
  }

  class ListValue extends Message {
    setIList(value: number[]): void
  }

  class AttrValue extends Message {
    static ListValue: typeof ListValue
    setType(value: number): void
    setI(value: number): void
    setF(value: number): void
    setB(value: boolean): void
    setS(value: Uint8Array): void
    setShape(value: TensorShape): void
    setTensor(value: Tensor): void
    setList(value: ListValue): void
  }

  class NodeDef extends Message {
    setName(value: string): void
    setOp(value: string): void
    addInput(value: string): void
    getAttrMap(): MessageMap<AttrValue>
  }

  class VersionDef extends Message {
    setProducer(value: number): void
  }

  class GraphDef extends Message {
    addNode(value: NodeDef): void
    setVersions(value: VersionDef): void
  }

  class TensorInfo extends Message {
    setName(value: string): void
    setDtype(value: number): void
    setTensorShape(value: TensorShape): void
  }

  class SignatureDef extends Message {
    getInputsMap(): MessageMap<TensorInfo>
    getOutputsMap(): MessageMap<TensorInfo>
    setMethodName(value: string): void
  }

  class MetaInfoDef extends Message {
    addTags(value: string): void
  }

  class MetaGraphDef extends Message {
    static MetaInfoDef: typeof MetaInfoDef
    setMetaInfoDef(value: MetaInfoDef): void
    setGraphDef(value: GraphDef): void
    getSignatureDefMap(): MessageMap<SignatureDef>
  }

  class SavedModel extends Message {
    setSavedModelSchemaVersion(value: number): void
    addMetaGraphs(value: MetaGraphDef): void
  }

  const messages: {
    AttrValue: typeof AttrValue
    GraphDef: typeof GraphDef
    MetaGraphDef: typeof MetaGraphDef
    NodeDef: typeof NodeDef
    SavedModel: typeof SavedModel
    SignatureDef: typeof SignatureDef
    Tensor: typeof Tensor
    TensorInfo: typeof TensorInfo
    TensorShape: typeof TensorShape
    VersionDef: typeof VersionDef
  }
  export default messages
  export type { AttrValue, GraphDef, NodeDef, SavedModel, SignatureDef, TensorInfo, TensorShape }
}
