import { UnrarError } from 'node-unrar-js'
import type { ArcHeader, FileHeader } from 'node-unrar-js'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import type { ArchiveEntry } from './archiveEntry.ts'
import { refuseEntry } from './archiveEntry.ts'
import { once } from './byteStream.ts'
import type { Allowance } from './limits.ts'
import { RarExtractor } from './rarExtractor.ts'

/**
 * The files of a rar archive (RAR 1.5 to 5), in stored order. Each is unpacked into memory, whatever its name.
 * Unpacking blocks the thread.
 * @throws SourceError for links, passwords, multi-volume archives and decompression bombs; UnrarError for broken bytes.
 */
export async function* rarEntries(file: string, archive: string, allowance: Allowance): AsyncGenerator<ArchiveEntry> {
  const locked = (): never => {
    throw new SourceError(phrase('archive-locked', { archive }))
  }
  const onArchive = ({ flags }: ArcHeader): void => {
    if (flags.headerEncrypted) locked()
    if (flags.volume) throw new SourceError(phrase('archive-in-parts', { archive }))
  }
  const check = ({ name, flags, unpSize, packSize }: FileHeader, length: number): void => {
    if (flags.encrypted) locked()
    const unpacked = Math.max(unpSize, length)
    allowance.checkFile(unpacked, `${name} in ${archive}`)
    allowance.checkRatio(packSize, unpacked, `${name} in ${archive}`)
  }
  try {
    for (const { header, bytes } of (await RarExtractor.open(file)).entries(check, onArchive)) {
      if (bytes === null) refuseEntry(archive, header.name, 'a-link')
      allowance.countBytes(bytes.byteLength, archive)
      yield { name: header.name, bytes: bytes.byteLength, packed: header.packSize, open: () => once(bytes) }
    }
  } catch (thrown) {
    if (
      thrown instanceof UnrarError &&
      (thrown.reason === 'ERAR_MISSING_PASSWORD' || thrown.reason === 'ERAR_BAD_PASSWORD')
    )
      locked()
    throw thrown
  }
}
