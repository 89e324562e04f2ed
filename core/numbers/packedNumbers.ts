const alphabet = Uint8Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (letter) =>
  letter.charCodeAt(0),
)
const padding = '='.charCodeAt(0)
const letters = new TextDecoder()

/** Bytes as base64 (RFC 4648). `btoa` wants them as characters, and to make these takes several times as long. */
function base64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    // Beyond the end there is nothing, which counts as zero bits.
    const three = (bytes[from] << 16) | (bytes[from + 1] << 8) | bytes[from + 2]
    text[to] = alphabet[three >> 18]
    text[to + 1] = alphabet[(three >> 12) & 63]
    text[to + 2] = alphabet[(three >> 6) & 63]
    text[to + 3] = alphabet[three & 63]
  }
  const missing = (3 - (bytes.length % 3)) % 3
  text.fill(padding, text.length - missing)
  return letters.decode(text)
}

/**
 * Doubles as text: base64 of their bytes in the order of this computer, which both ends of the window contract run on.
 * As JSON each would be written and read digit by digit and checked by itself, which takes several times as long.
 */
export function packedNumbers(numbers: Float64Array<ArrayBuffer>): string {
  return base64(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
}

/**
 * The very doubles that `packedNumbers` was given.
 * @throws Error for a text that is none of its.
 */
export function unpackedNumbers(text: string): Float64Array {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = characters.charCodeAt(index)
  return new Float64Array(bytes.buffer)
}

/** Columns of equal length, one after the other, as `packedNumbers` writes them. */
export function packedColumns(columns: readonly (readonly number[])[]): string {
  const rows = columns.at(0)?.length ?? 0
  const numbers = new Float64Array(columns.length * rows)
  columns.forEach((column, place) => numbers.set(column, place * rows))
  return packedNumbers(numbers)
}

/**
 * The columns that `packedColumns` was given.
 * @throws Error for a text that is none of so many columns.
 */
export function unpackedColumns(text: string, columns: number): number[][] {
  const numbers = unpackedNumbers(text)
  const rows = numbers.length / columns
  if (!Number.isInteger(rows)) throw new Error(`${numbers.length} numbers are no ${columns} columns`)
  return Array.from({ length: columns }, (_, place) => {
    const column: number[] = []
    // Faster than to go through an iterator.
    for (let index = place * rows; index < (place + 1) * rows; index += 1) column.push(numbers[index])
    return column
  })
}
