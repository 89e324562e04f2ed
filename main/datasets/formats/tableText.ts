/** Bytes at the beginning of a file that tell its encoding. */
const begun = 65_536

/**
 * The text of a table as spreadsheets and programs write it: UTF-8, or UTF-16 either way, with or without a byte order
 * mark. Anything else is read as Windows-1251, in which Russian tables are often saved. Line ends become `\n`.
 * @returns null if the bytes are no text.
 */
export function tableText(bytes: Buffer): string | null {
  const text = decoded(bytes)
  return text.slice(0, begun).includes('\0') ? null : text.replace(/^\uFEFF+/, '').replaceAll(/\r\n?/g, '\n')
}

function decoded(bytes: Buffer): string {
  const wide = wideEncoding(bytes)
  if (wide !== null) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/**
 * Which UTF-16 it is, by its mark, or by its zero bytes: delimiters, line ends and digits have one each, and no other
 * encoding of text has any.
 */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [place, byte] of bytes.subarray(0, begun).entries()) if (byte === 0) zeros[place % 2]++
  if (zeros[0] === zeros[1]) return null
  return zeros[0] < zeros[1] ? 'utf-16le' : 'utf-16be'
}
