import type { Language } from '../../core/words/language.ts'
import { getLocale } from '../messages/compiled/runtime.js'
import { type Formats, formatsFor } from './formats.ts'

/** The language that the messages are shown in. What is computed from it follows when it changes. */
export function shownLanguage(): Language {
  return getLocale()
}

/** The formats of that language. */
export function shownFormats(): Formats {
  return formatsFor(getLocale())
}
