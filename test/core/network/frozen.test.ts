import { describe, expect, test } from 'vitest'
import { changeLayer } from '../../../core/network/edit/changeLayer.ts'
import { settingsOf } from '../../../core/network/edit/layerSettings.ts'
import { checkNetwork } from '../../../core/network/checkNetwork.ts'
import { freezableNames, isFrozen, withFrozen } from '../../../core/network/frozen.ts'
import { measure, trainedLayers } from '../../../core/network/geometry.ts'
import { kerasSummary } from '../../../core/network/kerasSummary.ts'
import { layerTable } from '../../../core/network/layerTable.ts'
import { estimatedMemory } from '../../../core/network/memoryEstimate.ts'
import type { Model } from '../../../core/network/model.ts'
import { networkMultiplyAdds, trainingMultiplyAdds } from '../../../core/network/multiplyAdds.ts'
import { networkDifferences } from '../../../core/network/networkDifferences.ts'
import { networkText, readNetworkText } from '../../../core/network/networkFile.ts'
import { repaired } from '../../../core/network/repairs.ts'
import { shareOfStep } from '../../../core/network/timeEstimate.ts'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import { requestFor, seedNetwork } from '../../../core/run/presets.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'

const input = { height: 24, width: 24, channels: 3 } as const
const place = { input, classes: 10 }
const whole = seedNetwork(input, 10)

function freezing(...names: string[]): Model {
  return { ...whole, layers: withFrozen(whole.layers, ({ name }) => names.includes(name)) }
}

describe('a frozen layer', () => {
  const some = freezing('conv_1', 'norm_1')

  test('has no parameters, and its numbers count as not trained', () => {
    const [before, after] = [layerTable(whole), layerTable(some)]
    const moved = 5 * 5 * 3 * 64 + 64 + 2 * 64
    expect(after.totals.parameters).toBe(before.totals.parameters - moved)
    expect(after.totals.untrained).toBe(before.totals.untrained + moved)
    expect(after.rows[0]).toMatchObject({ parameters: 0, untrained: 4864 })
    const text = kerasSummary('lab', some, after)
    expect(text).toContain(` Non-trainable params: ${after.totals.untrained.toLocaleString('en-US')} (`)
    // What comes out of it, and what it looks at, is what it was.
    expect(after.rows.map(({ shape, receptiveField }) => [shape, receptiveField])).toEqual(
      before.rows.map(({ shape, receptiveField }) => [shape, receptiveField]),
    )
  })

  test('takes no part in gradients where nothing below it is trained', () => {
    expect(trainedLayers(measure(whole)).has('conv_1')).toBe(true)
    expect([...trainedLayers(measure(some))][0]).toBe('conv_2')
    const only = freezing(...freezableNames(whole.layers).filter((name) => name !== 'classes'))
    expect([...trainedLayers(measure(only))]).toEqual(['classes'])
    // Forward through all, and the gradient by the last kernel alone.
    expect(trainingMultiplyAdds(only)).toBe(networkMultiplyAdds(whole) + 128 * 10)
  })

  test('takes less memory and less time', () => {
    const { config } = requestFor('seed', cifar10.card, { sha256: '0'.repeat(64) }, { batch: 500 })
    const memory = (model: Model): number => estimatedMemory({ ...config, model }, cifar10.card)
    expect(memory(some)).toBeLessThan(memory(whole))
    const [conv, , , , second] = measure(freezing('conv_1', 'conv_2'))
    expect(conv.layer.name).toBe('conv_1')
    expect(shareOfStep(conv, false)).toBe(1 / 2)
    expect(second.layer.name).toBe('conv_2')
    expect(shareOfStep(second, true)).toBe(2 / 3)
    expect(shareOfStep(measure(whole)[4], true)).toBe(1)
  })

  test('is a setting of layers with weights, and of those alone', () => {
    expect(freezableNames(whole.layers)).toEqual(['conv_1', 'norm_1', 'conv_2', 'fc_1', 'fc_2', 'classes'])
    const frozenSetting = settingsOf(whole.layers[0]).find(({ name }) => name === 'frozen')
    expect(frozenSetting).toEqual({ name: 'frozen', kind: 'mark', value: false })
    const on = changeLayer(whole.layers, 'conv_1', 'frozen', true)
    expect(on.filter(isFrozen).map(({ name }) => name)).toEqual(['conv_1'])
    // Without it a network has the bytes that it always had.
    expect(canonicalJson([...changeLayer(on, 'conv_1', 'frozen', undefined)])).toBe(canonicalJson(whole.layers))
    expect(changeLayer(whole.layers, 'pool_1', 'frozen', true)).toEqual(whole.layers)
    expect(networkDifferences(whole, some).layers).toMatchObject([
      { after: { name: 'conv_1' }, settings: [{ setting: 'frozen', before: undefined, after: true }] },
      { after: { name: 'norm_1' }, settings: [{ setting: 'frozen', before: undefined, after: true }] },
    ])
  })

  test('is kept in a network’s file; there is one way to write a layer that is trained', () => {
    const text = networkText({ name: 'half', note: '', network: some })
    expect(readNetworkText(text).network.layers).toEqual(some.layers)
    expect(() => readNetworkText(text.replace('"frozen": true', '"frozen": false'))).toThrow(/layer conv_1, frozen/)
  })
})

test('a network in which everything is frozen has nothing to train, until its last layer is trained', () => {
  const network = { layers: freezing(...freezableNames(whole.layers)).layers, head: whole.head }
  const [fault, ...others] = checkNetwork(network, place).faults
  expect(others).toEqual([])
  expect(fault.problem.parameters).toMatchObject({ detail: { phrase: 'nothing-to-train' } })
  expect(fault.repairs[0]).toEqual({ kind: 'unfreeze', place: whole.layers.length - 1 })
  const mended = repaired(network, fault.repairs[0])
  expect(checkNetwork(mended, place).faults).toEqual([])
  expect(mended.layers.filter(isFrozen)).toHaveLength(5)
})
