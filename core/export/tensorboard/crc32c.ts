/** The polynomial of Castagnoli (RFC 3720), lowest bit first. */
const polynomial = 0x82f63b78

/** What each byte makes of the lowest bits. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ polynomial : rest >>> 1
  return rest >>> 0
})

/** CRC-32C of bytes, the check of TensorFlow's records, as an unsigned number. Node's `crc32` has another polynomial. */
export function crc32cOf(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (let at = 0; at < bytes.length; at += 1) rest = table[(rest ^ bytes[at]) & 0xff] ^ (rest >>> 8)
  return ~rest >>> 0
}
