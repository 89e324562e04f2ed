import { spokenLanguage, type Language } from '../../core/words/language.ts'

/**
 * The language in which the system speaks to this person, of those that the lab speaks. For sentences before a window is
 * there in which a language could be chosen.
 * @param locale as the system has it, such as `ru-RU`
 */
export function systemLanguage(locale = new Intl.DateTimeFormat().resolvedOptions().locale): Language {
  return spokenLanguage([locale])
}
