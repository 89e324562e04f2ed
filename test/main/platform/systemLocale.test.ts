import { expect, test } from 'vitest'
import { systemLocale } from '../../../main/platform/systemLocale.ts'
import { systemLanguage } from '../../../main/shells/systemLanguage.ts'

test('on Linux the first variable that is not empty says the language', () => {
  const locale = (environment: Record<string, string>): string => systemLocale(environment, 'linux')
  expect(locale({ LC_ALL: '', LC_MESSAGES: '', LANG: 'ru_RU.UTF-8' })).toBe('ru-RU')
  expect(locale({ LC_ALL: '', LC_MESSAGES: 'de_DE@euro', LANG: 'ru_RU.UTF-8' })).toBe('de-DE')
  expect(locale({ LC_ALL: 'ru', LC_MESSAGES: 'de_DE', LANG: 'en_US' })).toBe('ru')
  expect(systemLanguage(locale({ LC_ALL: 'C', LANG: 'ru_RU.UTF-8' }))).toBe('en')
  expect(systemLanguage(locale({}))).toBe('en')
})

test('elsewhere Node knows the language of the system', () => {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions()
  for (const platform of ['win32', 'darwin'] as const) expect(systemLocale({ LANG: 'ru_RU' }, platform)).toBe(locale)
})
