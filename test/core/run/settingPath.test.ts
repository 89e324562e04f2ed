import { expect, test } from 'vitest'
import { placedSettingAt, replacedAt, settingAt, settingsWithin } from '../../../core/run/settingPath.ts'

const config = {
  batch: 10,
  data: { choice: { classes: [3, 5] } },
  augmentation: { pad: null },
  layers: [
    { name: 'conv.1', filters: 8, kernel: { height: 5 } },
    { name: 'conv', filters: 16, from: ['a', 'b'] },
  ],
}

test('every setting is found again by its path, also in a layer with a dot in its name', () => {
  const settings = settingsWithin(config)
  expect(settings.map(({ path, value }) => [path, value])).toContainEqual(['layers.conv.1.kernel.height', 5])
  for (const setting of settings) expect(placedSettingAt(config, setting.path)).toEqual(setting)
})

test('a list that means one thing is one setting, other lists are not', () => {
  expect(settingAt(config, 'data.choice.classes')).toBe('3, 5')
  expect(settingAt(config, 'layers.conv.from.1')).toBe('b')
  expect(settingAt(config, 'layers.conv.from')).toBeUndefined()
})

test('what is not there has no value, and null is one', () => {
  expect(settingAt(config, 'layers.conv.1')).toBeUndefined()
  expect(settingAt(config, 'augmentation.pad.pixels')).toBeUndefined()
  expect(settingAt(config, 'augmentation.pad')).toBeNull()
})

test('a setting is replaced where it stands, and nothing else with it', () => {
  const keys = placedSettingAt(config, 'layers.conv.1.filters')?.keys ?? []
  const changed = replacedAt(config, keys, 9)
  expect(settingAt(changed, 'layers.conv.1.filters')).toBe(9)
  expect(replacedAt(changed, keys, 8)).toEqual(config)
})
