/** An original file of a set, in a folder or inside an archive. */
export interface OriginalFile {
  /**
   * Its path with `/`, starting with the name of the given folder or of the archive's top folder. Never absolute, never
   * with `..`, in Unicode's composed form (NFC).
   */
  readonly path: string
  /** Unpacked size. */
  readonly bytes: number
  /** The file itself, where it lies in a folder or was given; null in an archive. */
  readonly onDisk: string | null
  /**
   * The first 512 bytes, or all of a shorter file, without reading the rest. Call it before `read` and before asking for
   * the next file.
   * @throws SourceError as `read`.
   */
  head(): Promise<Buffer>
  /**
   * Reads the file. Call it at most once and before asking for the next file, because an archive is read from start to
   * end.
   * @throws SourceError when the archive is broken, or the file is larger than that of any set; UnreadableFile when it
   *   is a file in a folder that cannot be read although others can.
   */
  read(): Promise<Buffer>
}

/** The original files of a set, one after another, in stored order. */
export type Originals = AsyncIterable<OriginalFile>
