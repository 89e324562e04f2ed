import { z } from 'zod'

/** The languages in which the lab speaks. */
export const Language = z.enum(['en', 'ru'])
export type Language = z.infer<typeof Language>

/**
 * The first of some languages that the lab speaks; English if it speaks none of them.
 * @param tags as systems and browsers name languages, such as `ru-RU`
 */
export function spokenLanguage(tags: readonly string[]): Language {
  const languages = tags.map((tag) => Language.safeParse(tag.toLowerCase().split('-', 1)[0]).data)
  return languages.find((language) => language !== undefined) ?? 'en'
}

/** The language for a request, by its header `Accept-Language`: the first that it names of those that the lab speaks. */
export function acceptedLanguage(header: string | null | undefined): Language {
  return spokenLanguage((header ?? '').split(',').map((part) => part.split(';', 1)[0].trim()))
}

/** A text in every language; `{name}` marks a parameter. */
export type Bilingual = Readonly<Record<Language, string>>

/** The parameter names between braces in a text. */
export type ParameterNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never

/** A text with its parameters filled in. A parameter without a value stays as it is written. */
export function filled(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => valueOf(name) ?? whole)
}
