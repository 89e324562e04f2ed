import { LabError } from '../../../core/words/problems.ts'
import { SourceError } from '../definition.ts'
import type { Bytes } from './byteStream.ts'

/** A file in an archive. */
export interface ArchiveEntry {
  readonly name: string
  /** Unpacked. */
  readonly bytes: number
  /**
   * Bytes of the archive file that have been read once this entry has; null if the archive is read as a stream, which
   * counts by itself.
   */
  readonly packed: number | null
  /** Its bytes. Called at most once, before the next entry is asked for. */
  open(): Bytes
}

/** An error while reading an archive, as a sentence. Errors that are sentences already are returned as they are. */
export function brokenArchive(archive: string, thrown: unknown): unknown {
  if (thrown instanceof SourceError || thrown instanceof LabError) return thrown
  return new SourceError(
    `the archive is broken or not whole (${archive}: ${thrown instanceof Error ? thrown.message : String(thrown)})`,
    { cause: thrown },
  )
}

/** Refuses an entry of a kind that no set needs and that could lead outside the archive. */
export function refuseEntry(archive: string, name: string, what: string): never {
  throw new SourceError(
    `${archive} holds ${what} (${name.slice(0, 200)}) and was refused; unpack it and name the folder instead`,
  )
}
