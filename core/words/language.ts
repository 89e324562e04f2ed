import { z } from 'zod'

/** The languages in which the lab speaks. */
export const Language = z.enum(['en', 'ru'])
export type Language = z.infer<typeof Language>

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
