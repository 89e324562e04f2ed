import { describe, expect, it } from 'vitest'
import { layerDefinitions } from '../../../../core/layers/registry.ts'
import { changeLayer } from '../../../../core/network/edit/changeLayer.ts'
import { settingsOf } from '../../../../core/network/edit/layerSettings.ts'
import { isTaken } from '../../../../core/numbers/settingRange.ts'
import { withFrozen } from '../../../../core/network/frozen.ts'
import { newLayer } from '../../../../core/network/edit/newLayer.ts'

const kinds = layerDefinitions.map(({ schema }) => schema.shape.kind.value)
const place = { after: 'input', shape: [8, 8, 3], partner: 'input', classes: 10 } as const

describe('the settings of a layer', () => {
  it('of every kind have a field each, with what is set', () => {
    for (const kind of kinds) {
      const [layer] = withFrozen([newLayer(kind, place)], () => true)
      const values: Readonly<Record<string, unknown>> = layer
      const settings = settingsOf(layer)
      const names = Object.keys(layer).filter((name) => !['kind', 'name', 'from'].includes(name))
      expect(settings.map(({ name }) => name).sort()).toEqual(names.sort())
      for (const { name, value } of settings) expect(value).toEqual(values[name])
    }
  })

  it('say the limits that the layer keeps', () => {
    const layer = newLayer('conv', place)
    for (const setting of settingsOf(layer)) {
      if (setting.kind !== 'number') continue
      const { name, range } = setting
      expect(changeLayer([layer], 'new', name, range.max)).toEqual([{ ...layer, [name]: range.max }])
      expect(changeLayer([layer], 'new', name, range.max + 1)).toEqual([layer])
      expect(changeLayer([layer], 'new', name, range.min - 1)).toEqual([layer])
    }
  })

  it('may exclude their largest number', () => {
    const [rate] = settingsOf(newLayer('dropout', place))
    if (rate.kind !== 'number') throw new Error('a rate is a number')
    expect([isTaken(rate.range, 0), isTaken(rate.range, 0.9), isTaken(rate.range, 1)]).toEqual([true, true, false])
  })
})
