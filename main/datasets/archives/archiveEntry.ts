import { phrase, quoted } from '../../../core/words/phrases.ts'
import { LabError } from '../../../core/words/problems.ts'
import { SourceError } from '../definition.ts'
import type { Bytes } from './byteStream.ts'

/** A file in an archive. */
export interface ArchiveEntry {
  readonly name: string
  /** Unpacked size. */
  readonly bytes: number
  /**
   * Bytes of the archive file that have been read once this entry has been read. Null if the archive is read as a
   * stream: the stream counts its own bytes.
   */
  readonly packed: number | null
  /** Its bytes. Called at most once, before the next entry is asked for. */
  open(): Bytes
}

/**
 * Turns an error while reading an archive into a sentence. Errors that are sentences already are returned unchanged.
 */
export function brokenArchive(archive: string, thrown: unknown): unknown {
  if (thrown instanceof SourceError || thrown instanceof LabError) return thrown
  return new SourceError(
    phrase('archive-broken', {
      archive,
      detail: quoted(thrown instanceof Error ? thrown.message : String(thrown)),
    }),
    { cause: thrown },
  )
}

/** Refuses an entry of a kind that no set needs and that could lead outside the archive. */
export function refuseEntry(archive: string, name: string, what: 'a-link' | 'no-file'): never {
  throw new SourceError(phrase('archive-holds', { archive, what: phrase(what, {}), name: name.slice(0, 200) }))
}
