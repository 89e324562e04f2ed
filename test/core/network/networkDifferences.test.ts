import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../core/layers/registry.ts'
import { insertLayers } from '../../../core/network/edit/insertLayers.ts'
import { moveLayer } from '../../../core/network/edit/moveLayer.ts'
import { removeLayer } from '../../../core/network/edit/removeLayer.ts'
import { renameLayer } from '../../../core/network/edit/renameLayer.ts'
import type { Network } from '../../../core/network/network.ts'
import { networkDifferences, type NetworkDifferences } from '../../../core/network/networkDifferences.ts'
import { branched, conv, dense, digits, leNet5, tanh } from './sampleNetworks.ts'

/** The differences in few words. */
function told({ layers }: NetworkDifferences): string[] {
  return layers.map((one) => {
    if (one.kind !== 'changed') return `${one.kind} ${one.layer.name}`
    const settings = one.settings.map(
      ({ setting, before, after }) => `${setting} ${String(before)} -> ${String(after)}`,
    )
    const name = one.renamed ? `${one.before.name} -> ${one.after.name}` : one.after.name
    return [name, ...(one.moved ? ['moved'] : []), ...settings].join(', ')
  })
}

function changed(network: Network, layers: readonly Layer[]): string[] {
  return told(networkDifferences(network, { ...network, layers: [...layers] }))
}

describe('between two networks', () => {
  test('that are equal there is none', () => {
    expect(networkDifferences(branched, branched)).toEqual({ layers: [], head: [], input: null, equal: 9 })
  })

  test('a layer that was put in or taken out is told, and not those that take its place', () => {
    const more = insertLayers(leNet5.layers, 's2', [conv('c2', 6, 3)])
    expect(changed(leNet5, more)).toEqual(['added c2'])
    expect(told(networkDifferences({ ...leNet5, layers: [...more] }, leNet5))).toEqual(['removed c2'])
    expect(changed(branched, removeLayer(branched.layers, 'norm_1'))).toEqual(['removed norm_1'])
  })

  test('settings are told with their old and new values', () => {
    const layers = leNet5.layers.map((layer) => (layer.name === 'c3' ? conv('c3', 32, 3) : layer))
    expect(changed(leNet5, layers)).toEqual([
      'c3, filters 16 -> 32, kernel.height 5 -> 3, kernel.width 5 -> 3, padding valid -> same',
    ])
  })

  test('a layer under another name is the same one, also where others take it', () => {
    expect(changed(branched, renameLayer(branched.layers, 'relu_1', 'rectified'))).toEqual(['relu_1 -> rectified'])
    expect(changed(leNet5, renameLayer(leNet5.layers, 'c1', 'first'))).toEqual(['c1 -> first'])
  })

  test('a layer at another place was moved, and the others stayed', () => {
    expect(changed(leNet5, moveLayer(leNet5.layers, 'tanh_1', 4))).toEqual(['tanh_1, moved'])
  })

  test('a layer of another kind under the name of one is that one, changed', () => {
    const layers = leNet5.layers.map((layer) =>
      layer.name === 's2' ? ({ ...layer, kind: 'max-pool' } as Layer) : layer,
    )
    expect(changed(leNet5, layers)).toEqual(['s2, kind average-pool -> max-pool'])
  })

  test('the units that the data set decides are not compared, those of a bound network are', () => {
    const other = [...leNet5.layers.slice(0, -1), dense('classes', 100)]
    expect(changed(leNet5, other)).toEqual([])
    expect(changed({ ...leNet5, input: digits.input }, other)).toEqual(['classes, units 10 -> 100'])
  })

  test('head and image are told, too', () => {
    const before: Network = { layers: [tanh('t')], head: { kind: 'softmax', labelSmoothing: 0.1 } }
    const after: Network = { ...before, input: digits.input, head: { kind: 'softmax', labelSmoothing: 0 } }
    expect(networkDifferences(before, after)).toMatchObject({
      head: [{ setting: 'labelSmoothing', before: 0.1, after: 0 }],
      input: { before: null, after: digits.input },
    })
  })
})
