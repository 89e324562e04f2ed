import { Header } from 'tar'
import type { HeaderData } from 'tar'
import { crc32, deflateRawSync } from 'node:zlib'

/** A file in an archive that no honest tool would write. */
export interface MadeEntry {
  readonly name: string
  readonly bytes?: Buffer
  /** Of a tar entry; a file when left out. */
  readonly type?: HeaderData['type']
  readonly linkpath?: string
  /** The bytes of the name in a zip; UTF-8 when left out. */
  readonly nameBytes?: Buffer
  /** Unix mode in a zip. */
  readonly mode?: number
  /** What a zip states instead of the truth. */
  readonly statedBytes?: number
  readonly statedCrc?: number
  readonly flags?: number
  readonly method?: number
}

/** A tar archive with exactly these headers. */
export function madeTar(entries: readonly MadeEntry[]): Buffer {
  const parts = entries.flatMap(({ name, bytes = Buffer.alloc(0), type = 'File', linkpath }) => {
    const header = new Header({ path: name, size: bytes.byteLength, type, linkpath, mode: 0o644, mtime: new Date(0) })
    header.encode()
    return [header.block ?? Buffer.alloc(0), bytes, Buffer.alloc((512 - (bytes.byteLength % 512)) % 512)]
  })
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** An ar archive with these members, such as a Debian package is. */
export function madeAr(members: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const parts = members.flatMap(([name, bytes]) => [
    Buffer.from(`${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}`),
    Buffer.from(`${String(bytes.byteLength).padEnd(10)}\`\n`),
    bytes,
    Buffer.alloc(bytes.byteLength % 2, '\n'),
  ])
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts])
}

/** A zip archive with exactly these entries (the format of PKWARE's APPNOTE, 4.3). */
export function madeZip(entries: readonly MadeEntry[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const {
    name,
    nameBytes = Buffer.from(name),
    bytes = Buffer.alloc(0),
    mode = 0o100644,
    statedBytes,
    statedCrc,
    flags = 1 << 11,
    method = 8,
  } of entries) {
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(statedCrc ?? crc32(bytes), 10)
    common.writeUInt32LE(packed.byteLength, 14)
    common.writeUInt32LE(statedBytes ?? bytes.byteLength, 18)
    common.writeUInt16LE(nameBytes.byteLength, 22)
    const central = Buffer.alloc(14)
    central.writeUInt32LE((mode << 16) >>> 0, 6)
    central.writeUInt32LE(offset, 10)
    locals.push(Buffer.from('PK\x03\x04'), common, nameBytes, packed)
    centrals.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, central, nameBytes)
    offset += 30 + nameBytes.byteLength + packed.byteLength
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.byteLength, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end])
}
