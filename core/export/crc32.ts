/** The table of a cyclic redundancy check of 32 bits whose lowest bits come first, for a polynomial in that order. */
function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte
    for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ polynomial : rest >>> 1
    return rest >>> 0
  })
}

/** CRC-32 of zip archives (ISO 3309) and CRC-32C of TensorFlow's records (RFC 3720, Castagnoli). */
const tables = { crc32: tableOf(0xedb88320), crc32c: tableOf(0x82f63b78) }

/** The check of bytes, as an unsigned number. */
export function crcOf(kind: keyof typeof tables, bytes: Uint8Array): number {
  const table = tables[kind]
  let rest = 0xffffffff
  for (let at = 0; at < bytes.length; at += 1) rest = table[(rest ^ bytes[at]) & 0xff] ^ (rest >>> 8)
  return ~rest >>> 0
}
