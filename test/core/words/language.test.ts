import { expect, test } from 'vitest'
import { spokenLanguage } from '../../../core/words/language.ts'

test('the lab speaks the first language that it knows, of any region, and otherwise English', () => {
  expect(spokenLanguage(['de-DE', 'RU-ua', 'en'])).toBe('ru')
  expect(spokenLanguage(['en-US', 'ru'])).toBe('en')
  expect(spokenLanguage(['rue', 'run', 'de'])).toBe('en')
  expect(spokenLanguage([''])).toBe('en')
  expect(spokenLanguage([])).toBe('en')
})
