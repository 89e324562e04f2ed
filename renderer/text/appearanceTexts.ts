import type { Preferences } from '../../core/contract/windowContract.ts'
import * as m from '../messages/compiled/messages.js'

interface Option<Value> {
  readonly value: Value
  readonly label: string
}

/** The languages of the window, each by its own name. */
export function languageOptions(): Option<Preferences['language']>[] {
  return [
    { value: 'system', label: m.as_system() },
    { value: 'en', label: 'English' },
    { value: 'ru', label: 'Русский' },
  ]
}

/** The themes of the window. */
export function themeOptions(): Option<Preferences['theme']>[] {
  return [
    { value: 'system', label: m.as_system() },
    { value: 'light', label: m.theme_light() },
    { value: 'dark', label: m.theme_dark() },
  ]
}
