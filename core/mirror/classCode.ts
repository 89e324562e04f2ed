/** Digits and letters that are not mistaken for each other on a board or by ear: no 0, O, 1, I, L and U. */
export const codeSigns = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Signs of a code. */
export const codeLength = 6

/** A code as it may look. */
export const exampleCode = 'K7M4QX'

/** Letters of a Russian keyboard that look like Latin ones. */
const lookAlikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
}

/**
 * A code as it was typed, in the one way in which codes are written: capital letters, without blanks and dashes, and
 * without Cyrillic letters that look like Latin ones.
 * @returns null for what can be no code.
 */
export function readClassCode(typed: string): string | null {
  const signs = Array.from(typed.replace(/[\s-]/g, '').toUpperCase(), (sign) => lookAlikes[sign] ?? sign)
  return signs.length === codeLength && signs.every((sign) => codeSigns.includes(sign)) ? signs.join('') : null
}
