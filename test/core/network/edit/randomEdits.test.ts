import { describe, expect, it } from 'vitest'
import type { Layer } from '../../../../core/layers/registry.ts'
import { checkNetwork } from '../../../../core/network/checkNetwork.ts'
import { compacted } from '../../../../core/network/diagram/compact.ts'
import { type Diagram, layOut } from '../../../../core/network/diagram/layout.ts'
import { newLayers } from '../../../../core/network/edit/blocks.ts'
import { duplicateLayer } from '../../../../core/network/edit/duplicateLayer.ts'
import { insertLayers } from '../../../../core/network/edit/insertLayers.ts'
import { moveLayer } from '../../../../core/network/edit/moveLayer.ts'
import { removeLayer } from '../../../../core/network/edit/removeLayer.ts'
import { isMerging, wired } from '../../../../core/network/edit/wiring.ts'

const kinds = [
  'conv',
  'dense',
  'flatten',
  'max-pool',
  'add',
  'concat',
  'residual',
  'residual-halved',
  'branches',
] as const

/** Whole numbers from 0 on and below the one asked for, the same in each run of the test (Park & Miller 1988). */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647
    return state % sides
  }
}

/** One edit of any sort. */
function edit(layers: readonly Layer[], roll: (sides: number) => number): readonly Layer[] {
  const names = layers.map(({ name }) => name)
  if (names.length > 0) {
    const name = names[roll(names.length)]
    const sort = names.length > 60 ? 0 : roll(4)
    if (sort === 0) return removeLayer(layers, name)
    if (sort === 1) return moveLayer(layers, name, roll(names.length))
    if (sort === 2) return duplicateLayer(layers, name).layers
  }
  const place = roll(names.length + 1)
  const before = ['input', ...names]
  const inserted = { after: before[place], shape: [8, 8, 16], partner: before[roll(place + 1)], classes: 3 } as const
  return insertLayers(layers, inserted.after, newLayers(kinds[roll(kinds.length)], inserted, names))
}

/** What lies in each place of a picture: a layer, or a way that passes. */
function placesOf({ nodes, edges }: Diagram): string[] {
  return [
    ...nodes.map(({ row, lane }) => `${row} ${lane}`),
    ...edges.flatMap(({ from, to, lane }) =>
      Array.from({ length: to.row - from.row - 1 }, (_, index) => `${from.row + 1 + index} ${lane}`),
    ),
  ]
}

describe('any edits in any order', () => {
  it('leave every layer behind what it takes, named once, and drawn beside the others', () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const roll = dice(seed)
      let layers: readonly Layer[] = []
      for (let step = 0; step < 40; step += 1) {
        layers = edit(layers, roll)
        const known = new Set(['input'])
        for (const { layer, inputs } of wired(layers)) {
          expect(
            inputs.every((input) => known.has(input)),
            `${layer.name} takes ${inputs.join(' ')}`,
          ).toBe(true)
          expect(isMerging(layer) && inputs.length < 2, `${layer.name} merges one`).toBe(false)
          expect(known.has(layer.name), `${layer.name} is there twice`).toBe(false)
          known.add(layer.name)
        }
        for (const diagram of [layOut(layers), compacted(layOut(layers))]) {
          const places = placesOf(diagram)
          expect(new Set(places).size).toBe(places.length)
        }
      }
      // However little it fits, it is told what is wrong.
      const network = { layers: [...layers], head: { kind: 'softmax', labelSmoothing: 0 } as const }
      const { model, faults } = checkNetwork(network, { input: { height: 24, width: 24, channels: 3 }, classes: 3 })
      expect(model === null).toBe(faults.length > 0)
    }
  })
})
