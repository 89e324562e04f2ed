import type { Language } from '../../core/words/language.ts'
import { getLocale } from '../messages/compiled/runtime.js'
import { type Formats, formatsFor } from './formats.ts'

/** The language of the messages. It is reactive: what is derived from it follows a change. */
export function shownLanguage(): Language {
  return getLocale()
}

/** The formats of that language. */
export function shownFormats(): Formats {
  return formatsFor(getLocale())
}
