import messages from '@tensorflow/tfjs-node/dist/proto/api_pb.js'
import { describe, expect, it } from 'vitest'
import { bytesField, floatField, integerField, joined, messageField, textField } from '../../../core/export/protobuf.ts'

describe('a message of Protocol Buffers', () => {
  it('is read by Google’s own library', () => {
    // NodeDef: name 1, op 2, input 3, attr 5 as a map of strings to AttrValue (s 2, i 3, f 4).
    const attribute = (name: string, value: readonly Uint8Array[]) =>
      messageField(5, textField(1, name), messageField(2, value))
    const bytes = joined(
      [
        textField(1, 'größe'),
        textField(2, 'Conv2D'),
        textField(3, 'a'),
        textField(3, 'b'),
        attribute('long', integerField(3, 2 ** 40 + 5)),
        attribute('negative', integerField(3, -7)),
        attribute('float', floatField(4, 0.5)),
        attribute('bytes', bytesField(2, new Uint8Array(300).fill(9))),
      ].flat(),
    )
    const node = messages.NodeDef.deserializeBinary(bytes)
    expect([node.getName(), node.getOp(), node.getInputList()]).toEqual(['größe', 'Conv2D', ['a', 'b']])
    const attributes = node.getAttrMap()
    expect(attributes.get('long')?.getI()).toBe(2 ** 40 + 5)
    expect(attributes.get('negative')?.getI()).toBe(-7)
    expect(attributes.get('float')?.getF()).toBe(0.5)
    expect(attributes.get('bytes')?.getS()).toEqual(new Uint8Array(300).fill(9))
  })
})
