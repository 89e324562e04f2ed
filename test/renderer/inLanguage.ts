import type { Language } from '../../core/words/language.ts'
import { getLocale, overwriteGetLocale } from '../../renderer/messages/compiled/runtime.js'

/** What a function gives while the window speaks this language. The next test may run in the same process. */
export function inLanguage<T>(language: Language, said: () => T): T {
  const usual = getLocale
  overwriteGetLocale(() => language)
  try {
    return said()
  } finally {
    overwriteGetLocale(usual)
  }
}
