/**
 * The part of a file that a request asks for (RFC 9110, 14.1.2).
 * @param header `Range` of the request.
 * @param size Bytes of the file.
 * @returns the first and last byte; null for a range outside the file; `whole` if there is no range, or one that a
 *   server may ignore (several ranges, another unit).
 */
export function byteRange(
  header: string | undefined,
  size: number,
): 'whole' | { readonly first: number; readonly last: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return 'whole'
  if (match[1] === '') {
    const count = Math.min(Number(match[2]), size)
    return count === 0 ? null : { first: size - count, last: size - 1 }
  }
  const first = Number(match[1])
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (match[2] !== '' && Number(match[2]) < first) return 'whole'
  return first >= size ? null : { first, last }
}
