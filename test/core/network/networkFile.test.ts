import { describe, expect, test } from 'vitest'
import { longestNetworkFile, networkText, readNetworkText } from '../../../core/network/networkFile.ts'
import { checkNetworkName } from '../../../core/network/savedNetwork.ts'
import { nameKey } from '../../../core/words/nameKey.ts'
import { LabError, sentenceOf } from '../../../core/words/problems.ts'
import { branched, digits, leNet5 } from './sampleNetworks.ts'

function refusal(text: string): string {
  try {
    readNetworkText(text)
  } catch (thrown) {
    if (thrown instanceof LabError) return sentenceOf(thrown.problem, 'en')
    throw thrown
  }
  return ''
}

describe('a network as a file', () => {
  test('is read as it was written', () => {
    for (const network of [leNet5, branched, { ...leNet5, input: digits.input }]) {
      const named = { name: 'Моя сеть', note: 'two\nlines', network }
      expect(readNetworkText(networkText(named))).toEqual(named)
    }
  })

  test('may be a bare model, with its image or without', () => {
    const read = readNetworkText(JSON.stringify({ ...leNet5, input: digits.input }))
    expect(read).toEqual({ name: null, note: '', network: { ...leNet5, input: digits.input } })
    expect(readNetworkText(`\ufeff${JSON.stringify(leNet5)}`).network).toEqual(leNet5)
  })

  const good = JSON.stringify(leNet5)
  test.each([
    ['another program’s JSON', '{"a":1}', /it has no “layers” and “head”/],
    ['a list', '[1]', /it has no “layers” and “head”/],
    ['Keras', '{"class_name":"Functional","config":{}}', /a network of Keras/],
    ['a zip', 'PK\u0003\u0004', /a file of Keras, PyTorch \(zip\)/],
    ['HDF5', '\ufffdHDF\r\n', /a file of Keras \(HDF5\)/],
    ['ONNX', '\b\u0007\u0012\u0007pytorch', /a file of ONNX/],
    ['no JSON', 'layers: []', /no JSON text/],
    ['nothing', '', /no JSON text/],
    ['half a file', good.slice(0, 300), /no JSON text/],
    ['too much', ' '.repeat(longestNetworkFile + 1), /larger than 1000 kB/],
    ['a newer version', good.replace('{', '{"conv-lab-network":2,'), /a newer Conv Lab \(version 2 of the format/],
    ['a setting out of range', good.replace('"filters":6', '"filters":0'), /layer c1, filters: must be at least 1/],
    ['a kind that there is not', good.replace('"flatten"', '"transformer"'), /layer flatten, kind/],
    [
      'a setting that there is not',
      good.replace('"units":84', '"units":84,"colour":1'),
      /layer f6: has nothing called colour/,
    ],
    ['a head that there is not', good.replace('softmax', 'sigmoid'), /head.kind/],
  ])('%s: is refused in a sentence', (_, text, sentence) => {
    expect(refusal(text)).toMatch(sentence)
  })
})

test('where a file is wrong is said in Russian, too', () => {
  const wrong = JSON.stringify(leNet5).replace('"filters":6', '"filters":0')
  try {
    readNetworkText(wrong)
    throw new Error('it was read')
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown
    expect(sentenceOf(thrown.problem, 'ru')).toContain('слой c1, filters')
  }
})

test('names are told apart regardless of capital letters, in any script', () => {
  expect(nameKey(' ÉCOLE ')).toBe(nameKey('e\u0301cole'))
  expect(nameKey('СЕТЬ')).toBe(nameKey('сеть'))
  expect(nameKey('Straße')).toBe(nameKey('STRASSE'))
  expect(nameKey('net 1')).not.toBe(nameKey('net 2'))
  expect(checkNetworkName('  网络 ')).toBe('网络')
})
