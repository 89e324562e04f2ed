import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

const deflated = promisify(deflateRaw)

/** A file of a zip, with its path in it. */
export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array
}

/** The first of January 1980, with which the format's dates begin. A constant, so that equal files make equal zips. */
const date = (1 << 5) | 1

/** Names are in UTF-8. */
const utf8Names = 1 << 11
const deflate = 8
/** Version 2.0, by which a zip can hold folders and deflated files. */
const version = 20

/** The fields that a file's own header and its place in the directory share. */
function fields(name: Uint8Array, crc: number, packed: number, bytes: number): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(version, 0)
  header.writeUInt16LE(utf8Names, 2)
  header.writeUInt16LE(deflate, 4)
  header.writeUInt16LE(0, 6)
  header.writeUInt16LE(date, 8)
  header.writeUInt32LE(crc, 10)
  header.writeUInt32LE(packed, 14)
  header.writeUInt32LE(bytes, 18)
  header.writeUInt16LE(name.length, 22)
  return header
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/**
 * A zip of some files, the same bytes for the same files. Format: PKWARE's APPNOTE 6.3, without its 64-bit parts, so
 * together they must stay below 4 GB.
 */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Buffer> {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of entries) {
    const nameBytes = Buffer.from(name)
    const packed = await deflated(content, { level: 6 })
    const shared = fields(nameBytes, crc32(content), packed.length, content.length)
    const parts = [signature(0x0403_4b50), shared, nameBytes, packed]
    const place = Buffer.alloc(14)
    // What the system says of a file: readable by all, writable by its owner.
    place.writeUInt32LE((0o100644 << 16) >>> 0, 6)
    place.writeUInt32LE(offset, 10)
    const madeOn = Buffer.from([version, 3])
    directory.push(signature(0x0201_4b50), madeOn, shared, place, nameBytes)
    local.push(...parts)
    offset += parts.reduce((sum, part) => sum + part.length, 0)
  }
  const directoryBytes = directory.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directoryBytes, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...local, ...directory, signature(0x0605_4b50), end])
}
