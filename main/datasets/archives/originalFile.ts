/** An original file of a set, in a folder or inside an archive. */
export interface OriginalFile {
  /**
   * Its path with `/`, starting with the name of the given folder or of the archive's top folder. Never absolute, never
   * with `..`, in Unicode's composed form (NFC).
   */
  readonly path: string
  /** Unpacked size. */
  readonly bytes: number
  /**
   * Reads the file. Call it at most once and before asking for the next file, because an archive is read from start to
   * end.
   * @throws SourceError when the archive is broken, or the file is larger than that of any set.
   */
  read(): Promise<Buffer>
}

/** The original files of a set, one after another, in stored order. */
export type Originals = AsyncIterable<OriginalFile>
