import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../main/cli/arguments.ts'

describe('lab export and the folder of a run for TensorBoard', () => {
  it('names a run, a format and a folder, which is one from wherever it is written', () => {
    expect(parseArguments(['export', '7', '--format', 'saved-model', '--out', 'there', '--json'])).toMatchObject({
      kind: 'command',
      json: true,
      command: {
        name: 'export',
        input: { run: 7, format: 'saved-model', folder: path.resolve('there'), checkpoint: 'last', input: 'uint8' },
      },
    })
    expect(parseArguments(['export', '7', '--format', 'tensorboard', '--out', 'there', '--live'])).toMatchObject({
      command: { input: { format: 'tensorboard', live: true } },
    })
    expect(parseArguments(['export', '7', '--out', '/there', '--checkpoint', '300'])).toMatchObject({
      command: { input: { format: 'saved-model', folder: path.resolve('/there'), checkpoint: 300 } },
    })
  })

  it.each([
    [['export', '7'], '--out is missing'],
    [['export', '--out', 'there'], 'RUN is missing'],
    [['export', 'seven', '--out', 'there'], 'is not the number of a run'],
    [['export', '7', '--out', 'there', '--format', 'caffe'], 'but “caffe” was given'],
    [['export', '7', '--out', 'there', '--input', 'float32'], '--input is for --format onnx'],
    [['export', '7', '--out', 'there', '--live'], '--live is for --format tensorboard'],
  ])('refuses %s in a sentence', (words, sentence) => {
    expect(() => parseArguments(words)).toThrow(sentence)
  })
})
