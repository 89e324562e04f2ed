import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import type { ArchiveEntry } from './archiveEntry.ts'
import { refuseEntry } from './archiveEntry.ts'
import type { Allowance } from './limits.ts'
import { openZip } from './zipFile.ts'
import { zipNames } from './zipNames.ts'

/** `versionMadeBy`: the upper byte names the system whose file attributes are stated; 3 is Unix. */
const unix = 3
/**
 * The bits of a Unix mode that tell the kind of a file, and their values for a plain file and a folder. A zip from
 * another system has none of these bits set.
 */
const kindBits = 0o170000
const plainFile = 0o100000
const folder = 0o040000
const link = 0o120000

/**
 * The files of a zip archive (zip64 too), in the order of its central directory.
 * @param file on disk, because the central directory is at its end.
 * @throws SourceError for links, devices, passwords, unsupported compression and decompression bombs; what the library
 *   throws for broken bytes.
 */
export async function* zipEntries(file: string, archive: string, allowance: Allowance): AsyncGenerator<ArchiveEntry> {
  const nameOf = await zipNames(entriesOf(file, allowance.limits.entries))
  const zip = await openZip(file)
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry)
      const kind = entry.versionMadeBy >> 8 === unix ? (entry.externalFileAttributes >>> 16) & kindBits : 0
      if (kind === link) refuseEntry(archive, name, 'a-link')
      if (name.endsWith('/') || kind === folder) continue
      if (kind !== 0 && kind !== plainFile) refuseEntry(archive, name, 'no-file')
      if (entry.isEncrypted()) throw new SourceError(phrase('archive-locked', { archive }))
      yield {
        name,
        bytes: entry.uncompressedSize,
        packed: entry.compressedSize,
        open: () => bytesOf(zip, entry, name, archive, allowance),
      }
    }
  } finally {
    zip.close()
  }
}

/** The first entries of an archive, without their bytes. */
async function* entriesOf(file: string, limit: number): AsyncGenerator<Entry> {
  const zip = await openZip(file)
  let count = 0
  for await (const entry of zip.eachEntry()) {
    yield entry
    count += 1
    if (count >= limit) return
  }
}

async function* bytesOf(
  zip: ZipFile,
  entry: Entry,
  name: string,
  archive: string,
  allowance: Allowance,
): AsyncGenerator<Buffer> {
  if (!entry.canDecodeFileData())
    throw new SourceError(phrase('packed-otherwise', { name, archive, method: entry.compressionMethod }))
  allowance.checkRatio(entry.compressedSize, entry.uncompressedSize, `${name} in ${archive}`)
  // The library ends the stream with an error if there are more or fewer bytes than stated.
  const stream = await zip.openReadStreamPromise(entry)
  let sum = 0
  for await (const piece of stream) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('a zip entry gives bytes')
    allowance.countBytes(piece.byteLength, archive)
    sum = crc32(piece, sum)
    yield piece
  }
  if (sum !== entry.crc32) throw new Error(`the checksum of ${name} is wrong`)
}
