/** A file of a set's original material, in a folder or inside an archive, wherever that lies. */
export interface OriginalFile {
  /**
   * Where it lies, with `/`: from the given folder's own name on, or from that of the archive's top folder. Never
   * absolute, never with `..`, in Unicode's composed form (NFC).
   */
  readonly path: string
  /** Bytes of it, unpacked. */
  readonly bytes: number
  /**
   * Its bytes. Called at most once, before the next file is asked for: an archive is read from its beginning to its
   * end.
   * @throws SourceError when the archive is broken, or the file larger than any that a set has.
   */
  read(): Promise<Buffer>
}

/** The files of a set's original material, one after another, in the order in which they lie there. */
export type Originals = AsyncIterable<OriginalFile>
