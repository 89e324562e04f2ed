import type { Entry } from 'yauzl'
import { getFileNameLowLevel } from 'yauzl'

/** General purpose bit 11: the name is UTF-8. */
const utf8Names = 1 << 11

/**
 * The name of an entry of a zip archive. By the format a name is UTF-8 if a bit says so, and code page 437 otherwise.
 * In practice macOS writes UTF-8 without the bit, and Russian Windows writes code page 866. So a name without the bit
 * is read as UTF-8 if it is valid UTF-8. Otherwise it is read as code page 866 if every word with non-ASCII letters is
 * then Cyrillic throughout.
 */
export function zipEntryName(entry: Entry): string {
  const raw = entry.fileNameRaw
  const stated = getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false)
  const plain = raw.every((byte) => byte < 0x80)
  if (plain || (entry.generalPurposeBitFlag & utf8Names) !== 0 || stated !== getFileNameLowLevel(0, raw, [], false))
    return stated
  return decoded('utf-8', raw) ?? cyrillic(raw) ?? stated
}

function decoded(encoding: string, raw: Buffer): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(raw)
  } catch (thrown) {
    if (thrown instanceof TypeError) return null
    throw thrown
  }
}

function cyrillic(raw: Buffer): string | null {
  const name = decoded('ibm866', raw)
  if (name === null) return null
  const words = name.split(/[^\p{L}]+/u).filter((word) => /[^\0-\x7f]/.test(word))
  const letters = /^[\p{Script=Cyrillic}]+$/u
  // Characters of code page 437 such as box-drawing lines or Greek letters cannot be part of a Cyrillic word.
  return words.length > 0 && words.every((word) => letters.test(word)) && !/[\u2500-\u25ff]/.test(name) ? name : null
}
