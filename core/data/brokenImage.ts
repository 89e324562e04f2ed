import { z } from 'zod'
import type { Language } from '../words/language.ts'
import { Phrase, phraseText } from '../words/phrases.ts'

/** A picture that could not be read, and why. */
export const UnreadPicture = z.strictObject({ picture: z.string(), reason: Phrase })
export type UnreadPicture = z.infer<typeof UnreadPicture>

/** As stored with a data set. Older versions stored picture and reason as one English text. */
export const BrokenImage = z.union([UnreadPicture, z.string()])
export type BrokenImage = z.infer<typeof BrokenImage>

/** The picture's name with the reason. */
export function brokenImageText(of: BrokenImage, language: Language): string {
  return typeof of === 'string' ? of : `${of.picture} (${phraseText(of.reason, language)})`
}
