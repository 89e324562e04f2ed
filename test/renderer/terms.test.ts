import { describe, expect, test } from 'vitest'
import { layerDefinitions } from '../../core/layers/registry.ts'
import { settingsOf } from '../../core/network/edit/layerSettings.ts'
import { newLayer } from '../../core/network/edit/newLayer.ts'
import { requestFor } from '../../core/run/presets.ts'
import { PresetId } from '../../core/run/run.ts'
import { settingsWithin } from '../../core/run/settingPath.ts'
import { sweepSettings } from '../../core/sweep/sweepSettings.ts'
import { Language } from '../../core/words/language.ts'
import { offeredColumns } from '../../renderer/text/columnTexts.ts'
import { friendlyLines, outsideRows } from '../../renderer/panels/settings/settingLines.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { columnTerm } from '../../renderer/text/terms/columnTerms.ts'
import { foundTerms } from '../../renderer/text/terms/foundTerms.ts'
import { choiceTerms, layerSettingTerm, settingTerm } from '../../renderer/text/terms/settingTerms.ts'
import { terms } from '../../renderer/text/terms/terms.ts'
import { inLanguage } from './inLanguage.ts'
import { sampleEntry } from './sampleRuns.ts'

const all = Object.entries(terms)

function requestOf(preset: PresetId) {
  return requestFor(preset, sampleEntry, { sha256: 'a'.repeat(64) }, {})
}

/** What a configuration says of itself and no person chooses. */
const unchosen = ['format', 'version']

describe('technical terms', () => {
  test('have an explanation of a sentence or more in every language, neither short nor a lesson of its own', () => {
    for (const [id, { texts }] of all)
      for (const language of Language.options) {
        expect(texts[language].length, id).toBeGreaterThan(40)
        expect(texts[language].length, id).toBeLessThan(330)
        expect(texts[language], id).toMatch(/[.]$/)
      }
  })

  test.each(Language.options)('have a name of their own in %s', (language) => {
    const names = inLanguage(language, () => all.map(([, { name }]) => name().toLocaleLowerCase()))
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
  })

  test('are not begun with their own name again', () => {
    const repeated = all.filter(([, { name, texts }]) => texts.en.toLowerCase().startsWith(name().toLowerCase()))
    expect(repeated.map(([id]) => id)).toEqual([])
  })

  test('write decimals as their language does', () => {
    for (const [id, { texts }] of all) {
      expect(texts.ru, id).not.toMatch(/\d\.\d/)
      expect(texts.en, id).not.toMatch(/\d,\d/)
    }
  })

  test.each(PresetId.options)('explain every setting that a run of %s has', (preset) => {
    const { config } = requestOf(preset)
    const unexplained = settingsWithin(config)
      .map(({ path }) => path)
      .filter((path) => settingTerm(path) === null && !unchosen.includes(path))
    expect(unexplained).toEqual([])
  })

  test.each(PresetId.options)('explain every setting that a sweep from %s can change', (preset) => {
    const settings = sweepSettings(requestOf(preset)).map(({ name }) => name)
    expect(settings.length).toBeGreaterThan(20)
    expect(settings.filter((name) => settingTerm(name) === null)).toEqual([])
  })

  test('explain every named row of the settings of a run', () => {
    const request = { ...requestOf('seed'), network: null }
    const keys = [
      ...friendlyLines([request], [sampleEntry], formatsFor('en')).map(({ key }) => key),
      ...outsideRows([request], formatsFor('en')).map(({ key }) => key),
    ]
    expect(keys.filter((key) => settingTerm(key) === null)).toEqual([])
  })

  test('explain every setting of every kind of layer, and every choice but that of padding', () => {
    const kinds = layerDefinitions.map(({ schema }) => schema.shape.kind.value)
    const place = { after: 'input', shape: [8, 8, 3], partner: 'input', classes: 10 } as const
    const settings = kinds.flatMap((kind) => settingsOf(newLayer(kind, place)))
    expect(settings.filter(({ name }) => layerSettingTerm(name) === null)).toEqual([])
    const choices = settings.flatMap((setting) =>
      setting.kind === 'choice' && setting.name !== 'padding' ? setting.options : [],
    )
    expect(choices.length).toBeGreaterThan(5)
    expect(choices.filter((choice) => choiceTerms(null, choice).length === 0)).toEqual([])
  })

  test('explain the columns of the table of runs, but for those that only name or date a run', () => {
    const plain = ['name', 'id', 'note', 'tag', 'state', 'bytes', 'created', 'ended', 'deleted']
    expect(offeredColumns.filter((column) => columnTerm(column) === null).sort()).toEqual(plain.sort())
    expect(columnTerm('optimizer.beta1')).toBe('momentum')
  })

  test('take a path of a layer for the layer, whatever it is called', () => {
    expect(settingTerm('model.layers.norm_1.momentum')).toBe('norm-momentum')
    expect(settingTerm('optimizer.momentum')).toBe('momentum')
    expect(settingTerm('model.layers.pool_1.scaling.function.slope')).toBe('slope-below-zero')
    expect(settingTerm('model.layers.pool_1.scaling.function.kind')).toBe('activation-function')
    expect(settingTerm('data.choice.split.seed')).toBe('split')
    expect(settingTerm('nothing.of.this')).toBeNull()
  })
})

describe('the list of terms', () => {
  test('has all of them, in the order of the alphabet', () => {
    const names = foundTerms('', 'en').map(({ name }) => name)
    expect(names.length).toBe(all.length)
    expect(names).toEqual([...names].sort(new Intl.Collator('en').compare))
  })

  test('is searched by words of names and explanations, those with the words in their name first', () => {
    const found = foundTerms('learning RATE', 'en').map(({ id }) => id)
    expect(found.slice(0, 3).sort()).toEqual(['constant-schedule', 'end-rate', 'learning-rate'])
    expect(found.slice(3)).toContain('warm-up')
    expect(found).not.toContain('padding')
    expect(foundTerms('xyzzy', 'en')).toEqual([])
  })
})
