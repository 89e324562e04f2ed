import { describe, expect, it } from 'vitest'
import type { Layer } from '../../core/layers/registry.ts'
import { checkNetwork } from '../../core/network/checkNetwork.ts'
import { layerTable } from '../../core/network/layerTable.ts'
import type { Network } from '../../core/network/network.ts'
import { networkDifferences } from '../../core/network/networkDifferences.ts'
import { seedNetwork } from '../../core/network/networks.ts'
import { layerDifferenceText } from '../../renderer/text/differenceTexts.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { formulaLines } from '../../renderer/text/formulaTexts.ts'
import { aboutLayer, fieldText } from '../../renderer/text/networkTexts.ts'
import { repairText } from '../../renderer/text/repairTexts.ts'

const format = formatsFor('en')
const input = { height: 24, width: 24, channels: 3 } as const
const seed = seedNetwork(input, 10)
const conv = seed.layers[0]

function linesOf(layer: Layer): string[] {
  const { rows } = layerTable({ input, layers: [layer, { kind: 'flatten', name: 'flat' }], head: seed.head })
  return formulaLines(rows[0], format)
}

describe('the formulas of a layer', () => {
  it('are the lab’s, with their numbers', () => {
    expect(linesOf({ ...conv, kind: 'conv', padding: 'valid', filters: 6, bias: true } as Layer).slice(0, 4)).toEqual([
      'width = mW − kW + 1 = 24 − 5 + 1 = 20',
      'height the same',
      'parameters = 5 × 5 × 3 × 6 + 6 = 456',
      'multiply-adds = 450 × 20 × 20 = 180,000',
    ])
  })

  it('say stride and padding where they count', () => {
    const pool = { kind: 'max-pool', name: 'pool', size: 3, stride: 2, padding: 'valid', scaling: null } as const
    expect(linesOf(pool)[0]).toBe('width = ⌊(mW − kW) ÷ s⌋ + 1 = ⌊(24 − 3) ÷ 2⌋ + 1 = 11')
    const padded = { ...pool, padding: 'same' } as const
    expect(linesOf(padded).slice(0, 3)).toEqual([
      'width = ⌈mW ÷ s⌉ = ⌈24 ÷ 2⌉ = 12',
      'height the same',
      'without padding: 11',
    ])
  })

  it('write a product with its factors, and a number that is made of nothing else once', () => {
    const { rows } = layerTable(seed)
    const linesAt = (name: string): string[] =>
      rows.filter(({ layer }) => layer.name === name).flatMap((row) => formulaLines(row, format))
    expect(linesAt('fc_2').slice(0, 3)).toEqual([
      '256 values → 128 units',
      'parameters = 256 × 128 + 128 = 32,896',
      'multiply-adds = 256 × 128 = 32,768',
    ])
    expect(linesOf({ kind: 'flatten', name: 'first' })[0]).toBe('24 × 24 × 3 = 1,728')
    const twice = [
      { kind: 'flatten', name: 'first' },
      { kind: 'flatten', name: 'second' },
    ] as const
    const again = layerTable({ input, layers: [...twice], head: seed.head }).rows[1]
    expect(formulaLines(again, format)[0]).toBe('1,728')
  })

  it('count the variables that are not trained by themselves', () => {
    const norm = { kind: 'batch-norm', name: 'norm', epsilon: 1e-3, momentum: 0.9 } as const
    expect(linesOf(norm).slice(0, 3)).toEqual([
      'the shape stays 24 × 24 × 3',
      'parameters = 3 + 3 = 6',
      'not trained: 3 + 3 = 6',
    ])
  })
})

describe('a layer in few words', () => {
  it('leaves out what goes without saying', () => {
    const abouts = seed.layers.slice(0, 4).map((layer) => aboutLayer(layer, format))
    expect(abouts).toEqual([
      'Convolution · 64 of 5 × 5, same',
      'Batch norm · ε 0.001, momentum 0.9',
      'Activation · ReLU',
      'Max pool · 2 × 2',
    ])
    expect(aboutLayer({ kind: 'flatten', name: 'flat', from: 'pool_1' }, format)).toBe('Flatten · takes pool_1')
  })

  it('sees pixels, or the whole image', () => {
    const { rows } = layerTable(seed)
    expect(rows.map((row) => fieldText(row, input)).filter((text) => text === 'whole image')).toHaveLength(5)
    expect(fieldText(rows[4], input)).toBe('14 × 14')
  })
})

describe('what a repair and a change say', () => {
  const network: Network = { layers: seed.layers, head: seed.head }

  it('names the layer and what is done', () => {
    const layers = network.layers.filter(({ kind }) => kind !== 'flatten')
    const [fault] = checkNetwork({ ...network, layers }, { input, classes: 10 }).faults
    expect(fault.repairs.map((repair) => repairText(repair, layers, format))).toEqual([
      'Put a flatten layer before fc_1',
      'Put a global pool before fc_1',
    ])
  })

  it('tells settings with both values', () => {
    const layers = network.layers.map((layer): Layer =>
      layer.kind === 'conv' && layer.name === 'conv_2'
        ? { ...layer, kernel: { height: 3, width: 3 }, stride: 2, bias: false, padding: 'valid' }
        : layer,
    )
    const [difference] = networkDifferences(network, { ...network, layers }).layers
    expect(layerDifferenceText(difference, format)).toEqual({
      name: 'conv_2',
      text: 'Stride 1 → 2 · Padding same → valid · Bias yes → no · Kernel 5 × 5 → 3 × 3',
    })
  })

  it('tells what was added and removed', () => {
    const { layers } = networkDifferences(network, {
      ...network,
      layers: [...network.layers.slice(0, 8), { kind: 'dropout', name: 'drop', rate: 0.5 }, ...network.layers.slice(9)],
    })
    expect(layers.map((difference) => layerDifferenceText(difference, format))).toEqual(
      expect.arrayContaining([
        { name: 'drop', text: 'added: Dropout · drops 50\u00a0%' },
        { name: 'fc_1', text: 'removed: Dense · 256 units' },
      ]),
    )
  })
})
