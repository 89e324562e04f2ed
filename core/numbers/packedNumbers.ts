/** Characters of bytes that one call takes as arguments. */
const charactersAtOnce = 8192

/**
 * Doubles as text: base64 of their bytes in the order of this computer, which both ends of the window contract run on.
 * As JSON each would be written and read digit by digit and checked by itself, which takes several times as long.
 */
export function packedNumbers(numbers: Float64Array<ArrayBuffer>): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  let characters = ''
  for (let from = 0; from < bytes.length; from += charactersAtOnce)
    characters += String.fromCharCode(...bytes.subarray(from, from + charactersAtOnce))
  return btoa(characters)
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
  return Array.from({ length: columns }, (_, place) => Array.from(numbers.subarray(place * rows, (place + 1) * rows)))
}
