import { crcOf } from '../crc32.ts'

const utf8 = new TextEncoder()

/** The first day that a zip archive can name, 1 January 1980: equal networks give equal files. */
const firstDay = 0x21

/** Names are in UTF-8. */
const flags = 0x0800

/** The largest archive whose places fit into 32 bits. */
const mostBytes = 0xffffffff

/** A file of an archive. */
export interface StoredFile {
  readonly name: string
  readonly content: Uint8Array
}

/**
 * A zip archive whose files are stored as they are, in pieces (PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and
 * 4.3.16).
 * @throws RangeError where it would have more than 4 GB.
 */
export function storedZip(files: readonly StoredFile[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { name, content } of files) {
    const letters = utf8.encode(name)
    const local = new DataView(new ArrayBuffer(30))
    local.setUint32(0, 0x04034b50, true)
    local.setUint16(4, 20, true)
    local.setUint16(6, flags, true)
    local.setUint16(12, firstDay, true)
    local.setUint32(14, crcOf('crc32', content), true)
    local.setUint32(18, content.length, true)
    local.setUint32(22, content.length, true)
    local.setUint16(26, letters.length, true)
    const entry = new Uint8Array(46)
    const central = new DataView(entry.buffer)
    central.setUint32(0, 0x02014b50, true)
    central.setUint16(4, 20, true)
    entry.set(new Uint8Array(local.buffer, 4, 26), 6)
    central.setUint32(42, at, true)
    directory.push(entry, letters)
    pieces.push(new Uint8Array(local.buffer), letters, content)
    at += 30 + letters.length + content.length
  }
  const listed = directory.reduce((sum, { length }) => sum + length, 0)
  if (at + listed > mostBytes) throw new RangeError('a zip archive without extensions holds at most 4 GB')
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, files.length, true)
  end.setUint16(10, files.length, true)
  end.setUint32(12, listed, true)
  end.setUint32(16, at, true)
  return [...pieces, ...directory, new Uint8Array(end.buffer)]
}
