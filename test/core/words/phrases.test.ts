import { describe, expect, test } from 'vitest'
import { Phrase, phrase, phraseText } from '../../../core/words/phrases.ts'
import { placeholders } from './placeholders.ts'

const codes = Phrase.shape.phrase.options

/** The phrase as it is written, its parameters unfilled. */
function pattern(code: Phrase['phrase'], language: 'en' | 'ru'): string {
  return phraseText({ phrase: code, parameters: {} }, language)
}

describe.each(codes)('the phrase %s', (code) => {
  test('has the same parameters in both languages', () => {
    expect(placeholders(pattern(code, 'ru'))).toEqual(placeholders(pattern(code, 'en')))
  })

  test('is in both languages, and no sentence of its own', () => {
    expect(pattern(code, 'en')).not.toMatch(/[а-яё]/i)
    // Some only put others together or quote them.
    if (/\p{L}/u.test(pattern(code, 'en').replace(/\{\w+\}/g, ''))) expect(pattern(code, 'ru')).toMatch(/[а-яё]/)
    for (const language of ['en', 'ru'] as const) expect(pattern(code, language)).not.toMatch(/[.!?]$/)
  })
})

test('a phrase is filled in either language, and crosses a process as data', () => {
  const of = phrase('warm-up-too-long', { warmUp: 50, steps: 20 })
  expect(phraseText(of, 'en')).toBe('it has 50 steps, but the run only 20; make it shorter')
  expect(phraseText(of, 'ru')).toBe('шагов в нём 50, а во всём запуске 20; сделайте его короче')
  expect(Phrase.parse(JSON.parse(JSON.stringify(of)))).toEqual(of)
  expect(Phrase.safeParse({ phrase: 'nonsense', parameters: {} }).success).toBe(false)
})

test('a large whole number is grouped as its language does, a small one is not', () => {
  const of = phrase('too-many-parameters', { own: 4_295_032_832, parameters: 4_371_588_810, most: 1000 })
  expect(phraseText(of, 'en')).toContain('has 4,295,032,832 of the 4,371,588,810 parameters')
  expect(phraseText(of, 'ru')).toContain('содержит 4\u00a0295\u00a0032\u00a0832 из 4\u00a0371\u00a0588\u00a0810')
  expect(phraseText(of, 'en')).toContain('at most 1000 can')
})
