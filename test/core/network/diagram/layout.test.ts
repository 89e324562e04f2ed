import { describe, expect, it } from 'vitest'
import type { Layer } from '../../../../core/layers/registry.ts'
import { type Diagram, layOut } from '../../../../core/network/diagram/layout.ts'
import { newLayers } from '../../../../core/network/edit/blocks.ts'
import { insertLayers } from '../../../../core/network/edit/insertLayers.ts'
import { deepNetwork } from '../../../../core/network/networks.ts'

const place = { after: 'input', shape: [16, 16, 32], partner: 'input', classes: 10 } as const

function laneOf(diagram: Diagram, name: string): number | undefined {
  return diagram.nodes.find((node) => node.name === name)?.lane
}

/** What lies in each place of the picture: a layer, or a way that passes. */
function placesOf({ nodes, edges }: Diagram): string[] {
  return [
    ...nodes.map(({ row, lane }) => `${row} ${lane}`),
    ...edges.flatMap(({ from, to, lane }) =>
      Array.from({ length: to.row - from.row - 1 }, (_, index) => `${from.row + 1 + index} ${lane}`),
    ),
  ]
}

describe('the diagram of a network', () => {
  it('of a chain is one lane', () => {
    const { layers } = deepNetwork({ height: 28, width: 28, channels: 3 }, 10)
    const diagram = layOut(layers)
    expect(diagram.lanes).toBe(1)
    expect(diagram.nodes.map(({ name }) => name)).toEqual(['input', ...layers.map(({ name }) => name)])
    expect(diagram.edges.every(({ from, to, lane }) => to.row === from.row + 1 && lane === 0)).toBe(true)
  })

  it('leads a shortcut past the block in a lane of its own', () => {
    const block = newLayers('residual', { ...place, after: 'relu_1' }, ['relu_1'])
    const stem: Layer = { kind: 'activation', name: 'relu_1', function: { kind: 'relu' } }
    const diagram = layOut([stem, ...block])
    expect(diagram.lanes).toBe(2)
    expect(new Set(diagram.nodes.map(({ lane }) => lane))).toEqual(new Set([0]))
    const shortcut = diagram.edges.find(({ from, to }) => from.name === 'relu_1' && to.name === 'add_1')
    expect(shortcut?.lane).toBe(1)
  })

  it('puts branches side by side, and what joins them at the left', () => {
    const diagram = layOut(newLayers('branches', place, []))
    expect(diagram.lanes).toBe(4)
    expect(
      ['conv_1', 'conv_2', 'conv_3', 'conv_4', 'conv_5', 'pool_1', 'conv_6'].map((name) => laneOf(diagram, name)),
    ).toEqual([0, 1, 1, 2, 2, 3, 3])
    expect(laneOf(diagram, 'concat_1')).toBe(0)
  })

  it('draws nothing over anything else', () => {
    let layers: readonly Layer[] = newLayers('conv-block', place, [])
    for (const kind of ['branches', 'residual-halved', 'branches', 'residual', 'add', 'concat'] as const) {
      const taken = layers.map(({ name }) => name)
      for (const after of [taken[0], taken[Math.floor(taken.length / 2)], taken[taken.length - 1]]) {
        const names = layers.map(({ name }) => name)
        layers = insertLayers(layers, after, newLayers(kind, { ...place, after }, names))
      }
    }
    const places = placesOf(layOut(layers))
    expect(new Set(places).size).toBe(places.length)
  })

  it('leaves out an input that does not come before', () => {
    const lost: Layer = { kind: 'activation', name: 'relu_1', from: 'later', function: { kind: 'relu' } }
    expect(layOut([lost]).edges).toEqual([])
  })
})
