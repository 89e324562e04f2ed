import { crc32 } from 'node:zlib'

/** A block of RAR's third format: the lower half of the checksum of its header, the header, and what follows it. */
function block(type: number, flags: number, fields: Buffer, data?: Buffer): Buffer {
  const header = Buffer.alloc(5)
  header.writeUInt8(type, 0)
  header.writeUInt16LE(flags, 1)
  header.writeUInt16LE(7 + fields.length, 3)
  const whole = Buffer.concat([header, fields])
  const sum = Buffer.alloc(2)
  sum.writeUInt16LE(crc32(whole) & 0xffff)
  return Buffer.concat(data === undefined ? [sum, whole] : [sum, whole, data])
}

/** A RAR archive (RAR 3, technote.txt of RAR 3.93) of files that are stored and not packed. Names are ASCII. */
export function madeRar(files: ReadonlyMap<string, Buffer>): Buffer {
  const entries = [...files].map(([name, bytes]) => {
    const fields = Buffer.alloc(25 + name.length)
    fields.writeUInt32LE(bytes.length, 0)
    fields.writeUInt32LE(bytes.length, 4)
    // Written by Windows, with a checksum, at the beginning of 1980, to be read by version 2.0, stored.
    fields.writeUInt8(2, 8)
    fields.writeUInt32LE(crc32(bytes), 9)
    fields.writeUInt32LE(0x0021_0000, 13)
    fields.writeUInt8(20, 17)
    fields.writeUInt8(0x30, 18)
    fields.writeUInt16LE(name.length, 19)
    fields.writeUInt32LE(0x20, 21)
    fields.write(name.replaceAll('/', '\\'), 25, 'latin1')
    return block(0x74, 0x8000, fields, bytes)
  })
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\x00', 'latin1'),
    block(0x73, 0, Buffer.alloc(6)),
    ...entries,
    block(0x7b, 0, Buffer.alloc(0)),
  ])
}
