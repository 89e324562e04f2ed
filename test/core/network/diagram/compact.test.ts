import { describe, expect, it } from 'vitest'
import type { Layer } from '../../../../core/layers/registry.ts'
import { compacted } from '../../../../core/network/diagram/compact.ts'
import { layOut } from '../../../../core/network/diagram/layout.ts'
import { newLayers } from '../../../../core/network/edit/blocks.ts'
import { seedNetwork } from '../../../../core/network/networks.ts'

const place = { after: 'input', shape: [16, 16, 32], partner: 'input', classes: 10 } as const

function relu(name: string, from?: string): Layer {
  const layer: Layer = { kind: 'activation', name, function: { kind: 'relu' } }
  return from === undefined ? layer : { ...layer, from }
}

describe('a diagram for paper', () => {
  it('of a chain is the chain', () => {
    const diagram = layOut(seedNetwork({ height: 24, width: 24, channels: 3 }, 10).layers)
    expect(compacted(diagram)).toEqual(diagram)
  })

  it('has branches beside each other', () => {
    const { nodes, edges } = compacted(layOut(newLayers('branches', place, [])))
    const rowOf = (name: string): number | undefined => nodes.find((node) => node.name === name)?.row
    expect(['conv_1', 'conv_2', 'conv_4', 'pool_1'].map(rowOf)).toEqual([1, 1, 1, 1])
    // Below the longest branch: convolution, ReLU, convolution, ReLU.
    expect(rowOf('concat_1')).toBe(5)
    expect(edges.every(({ from, to }) => from.row < to.row)).toBe(true)
  })

  it('stays as it is where something would lie over something else', () => {
    // The way from a to the sum passes the lane of c, which would move up into it.
    const layers: Layer[] = [
      relu('a'),
      relu('b'),
      relu('c', 'input'),
      relu('d', 'b'),
      { kind: 'add', name: 'sum', from: ['d', 'a'] },
      relu('e', 'c'),
      { kind: 'add', name: 'end', from: ['sum', 'e'] },
    ]
    const { nodes, edges } = compacted(layOut(layers))
    const places = [
      ...nodes.map(({ row, lane }) => `${row} ${lane}`),
      ...edges.flatMap(({ from, to, lane }) =>
        Array.from({ length: to.row - from.row - 1 }, (_, index) => `${from.row + 1 + index} ${lane}`),
      ),
    ]
    expect(new Set(places).size).toBe(places.length)
  })
})
