import type { Entry } from 'yauzl'
import { getFileNameLowLevel } from 'yauzl'
import { likelihoodInRussian } from './russianLetters.ts'

/** General purpose bit 11: the name is UTF-8. */
const utf8Names = 1 << 11

/** Encodings that names may have without the archive saying so. */
type Encoding = 'utf-8' | 'ibm866' | 'windows-1251'

/** Marks outside ASCII that people write between Russian words. All other marks speak against a reading. */
const strayMark = /[^\p{L}\p{M}\0-\x7f\u00a0«»„“”‘’–—…№°·]/u

/**
 * Decides how the names of one zip archive are read. By the format a name is UTF-8 if a bit or an extra field says so,
 * and code page 437 otherwise. In practice macOS writes UTF-8 without the bit, and Windows writes the code page of its
 * language. One program has named all entries of an archive, so they are judged together: short Russian words in code
 * page 866 are valid UTF-8 by chance, but hardly ever all words of an archive.
 *
 * - UTF-8, if every name without the bit is valid UTF-8 (and does not also read as Russian throughout);
 * - otherwise code page 866 or 1251 if most words are Cyrillic then, the likelier one if both are;
 * - otherwise code page 437.
 *
 * @param entries those of the archive, or as many as will be read.
 * @returns the name of an entry of this archive.
 */
export async function zipNames(entries: AsyncIterable<Entry>): Promise<(entry: Entry) => string> {
  const words = new Set<string>()
  for await (const entry of entries)
    if (isUnstated(entry)) for (const word of wordsOf(entry.fileNameRaw)) words.add(word)
  const encoding = encodingOf([...words].map((word) => Buffer.from(word, 'latin1')))
  return (entry) =>
    encoding !== null && isUnstated(entry) ? new TextDecoder(encoding).decode(entry.fileNameRaw) : statedName(entry)
}

function statedName({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
}

/** Whether a name is not ASCII, and neither a bit nor an extra field tells its encoding. */
function isUnstated(entry: Entry): boolean {
  const raw = entry.fileNameRaw
  if (raw.every((byte) => byte < 0x80) || (entry.generalPurposeBitFlag & utf8Names) !== 0) return false
  return statedName(entry) === getFileNameLowLevel(0, raw, [], false)
}

/**
 * The words of a name that are not ASCII, a character a byte. They are cut at ASCII marks alone: in all these encodings
 * a byte below 0x80 is ASCII.
 */
function wordsOf(raw: Buffer): string[] {
  return raw.toString('latin1').match(/[a-z]*[\x80-\xff][a-z\x80-\xff]*/gi) ?? []
}

/**
 * @param words distinct ones.
 * @returns null for code page 437.
 */
function encodingOf(words: readonly Buffer[]): Encoding | null {
  const dos = readingOf(words, 'ibm866')
  if (words.every(isUtf8)) return dos.isCyrillic && dos.other === 0 ? 'ibm866' : 'utf-8'
  const windows = readingOf(words, 'windows-1251')
  if (dos.isCyrillic && windows.isCyrillic) return windows.likelihood > dos.likelihood ? 'windows-1251' : 'ibm866'
  if (dos.isCyrillic) return 'ibm866'
  return windows.isCyrillic ? 'windows-1251' : null
}

function isUtf8(word: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(word)
    return true
  } catch (thrown) {
    if (thrown instanceof TypeError) return false
    throw thrown
  }
}

/** How words read in an encoding. */
interface Reading {
  readonly isCyrillic: boolean
  /** Words that are not Cyrillic, such as `cafВ`. */
  readonly other: number
  /** Natural logarithm. */
  readonly likelihood: number
}

function readingOf(words: readonly Buffer[], encoding: Encoding): Reading {
  let [several, single, other, likelihood] = [0, 0, 0, 0]
  for (const bytes of words) {
    const text = new TextDecoder(encoding).decode(bytes)
    likelihood += likelihoodInRussian(text)
    if (strayMark.test(text)) other += 1
    else
      for (const word of text.split(/[^\p{L}\p{M}]+/u).filter((one) => /[^\0-\x7f]/.test(one))) {
        if (!isCyrillicWord(word)) other += 1
        else if (word.length > 1) several += 1
        else single += 1
      }
  }
  // The French word “à” would be the Russian letter “Е”: one letter is no evidence, unless there is nothing but letters.
  const isCyrillic = several > 0 ? several > other : single > 1 && other === 0
  return { isCyrillic, other, likelihood }
}

/** Whether all letters are Cyrillic, with capitals as people write them: мир, Мир, МИР. */
function isCyrillicWord(word: string): boolean {
  const rest = word.slice(1)
  return /^\p{Script=Cyrillic}+$/u.test(word) && (rest === rest.toLowerCase() || word === word.toUpperCase())
}
