import messages from '@tensorflow/tfjs-node/dist/proto/api_pb.js'
import { describe, expect, it } from 'vitest'
import { joined } from '../../../core/export/pieces.ts'
import { bytesField, floatField, integerField, messageField, textField } from '../../../core/export/protobuf.ts'

describe('a message of Protocol Buffers', () => {
  it('has the bytes that Google’s own library writes', () => {
    // NodeDef: name 1, op 2, input 3, attr 5 as a map of strings to AttrValue (s 2, i 3, f 4).
    const node = new messages.NodeDef()
    node.setName('größe')
    node.setOp('Conv2D')
    node.addInput('a')
    node.addInput('b')
    const [long, negative, float, bytes] = Array.from({ length: 4 }, () => new messages.AttrValue())
    long.setI(2 ** 40 + 5)
    negative.setI(-7)
    float.setF(0.5)
    bytes.setS(new Uint8Array(300).fill(9))
    for (const [name, value] of Object.entries({ bytes, float, long, negative })) node.getAttrMap().set(name, value)

    const attribute = (name: string, value: readonly Uint8Array[]) =>
      messageField(5, textField(1, name), messageField(2, value))
    const fields = [
      textField(1, 'größe'),
      textField(2, 'Conv2D'),
      textField(3, 'a'),
      textField(3, 'b'),
      attribute('bytes', bytesField(2, new Uint8Array(300).fill(9))),
      attribute('float', floatField(4, 0.5)),
      attribute('long', integerField(3, 2 ** 40 + 5)),
      attribute('negative', integerField(3, -7)),
    ]
    expect(Buffer.from(joined(fields.flat()))).toEqual(Buffer.from(node.serializeBinary()))
  })
})
