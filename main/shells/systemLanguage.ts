import { spokenLanguage, type Language } from '../../core/words/language.ts'
import { systemLocale } from '../platform/systemLocale.ts'

/**
 * The language in which the system speaks to this person, of those that the lab speaks. For sentences before a window is
 * there in which a language could be chosen.
 * @param locale as the system has it, such as `ru-RU`
 */
export function systemLanguage(locale = systemLocale()): Language {
  return spokenLanguage([locale])
}
