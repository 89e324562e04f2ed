import { ExtractorFile } from 'node-unrar-js/dist/js/ExtractorFile.js'
import { getUnrar } from 'node-unrar-js/dist/js/unrar.singleton.js'
import type { ArcHeader, FileHeader } from 'node-unrar-js'

/**
 * The library's compiled part as its JavaScript sees it: a memory, and one object with functions that it calls for
 * files.
 */
interface Unrar {
  readonly HEAPU8: Uint8Array
  extractor: unknown
}

/**
 * Loads the compiled part. While loading, it adds listeners for uncaught exceptions and rejections of the whole
 * process, which only throw them again. Those listeners are removed.
 */
async function loaded(): Promise<Unrar> {
  const exceptions = process.listeners('uncaughtException')
  const rejections = process.listeners('unhandledRejection')
  const unrar: Unrar = await getUnrar()
  for (const listener of process.listeners('uncaughtException'))
    if (!exceptions.includes(listener)) process.off('uncaughtException', listener)
  for (const listener of process.listeners('unhandledRejection'))
    if (!rejections.includes(listener)) process.off('unhandledRejection', listener)
  return unrar
}

/** Handle of the file that is being unpacked into memory. It is larger than the handles of real files. */
const outputHandle = 1 << 30

/** An entry and its bytes; null for an entry without content, such as a link. */
export interface RarEntry {
  readonly header: FileHeader
  readonly bytes: Buffer | null
}

/**
 * Unpacks a rar archive on disk into memory, one entry at a time. The library itself can unpack to disk, or hold the
 * archive and all entries in memory, and it trusts an entry's stated size.
 */
export class RarExtractor extends ExtractorFile {
  readonly #unrar: Unrar
  #pieces: Buffer[] | null = null
  #length = 0
  #check: (header: FileHeader, length: number) => void = () => undefined
  #header: FileHeader | null = null
  #refusal: unknown = null

  private constructor(unrar: Unrar, file: string) {
    super(unrar, file, '', '', (name) => name)
    this.#unrar = unrar
  }

  /** Loads the library if needed and prepares to read a file. */
  static async open(file: string): Promise<RarExtractor> {
    return new RarExtractor(await loaded(), file)
  }

  /**
   * The entries that are not folders, in stored order. Read all of them, or close the iteration.
   * @param check called with an entry before it is unpacked and with the number of its unpacked bytes; throws to stop.
   * @throws what `check` throws; UnrarError of the library.
   */
  *entries(
    check: (header: FileHeader, length: number) => void,
    onArchive: (header: ArcHeader) => void,
  ): Generator<RarEntry> {
    this.#check = check
    const wanted = (header: FileHeader): boolean => {
      if (header.flags.directory) return false
      this.#header = header
      this.#pieces = null
      this.#length = 0
      check(header, 0)
      return true
    }
    this.#takeTurn()
    const { arcHeader, files } = this.extract({ files: wanted })
    onArchive(arcHeader)
    for (;;) {
      this.#takeTurn()
      const next = this.#step(() => files.next())
      if (next.done === true) return
      yield { header: next.value.fileHeader, bytes: this.#pieces === null ? null : Buffer.concat(this.#pieces) }
    }
  }

  protected override create(): number {
    this.#pieces = []
    return outputHandle
  }

  protected override write(handle: number, from: number, size: number): boolean {
    if (handle !== outputHandle) return super.write(handle, from, size)
    try {
      this.#length += size
      if (this.#header !== null) this.#check(this.#header, this.#length)
      this.#pieces?.push(Buffer.from(this.#unrar.HEAPU8.subarray(from, from + size)))
      return true
    } catch (thrown) {
      // No exception may cross the compiled part. It is told that the write failed, and the reason is thrown
      // afterwards.
      this.#refusal = thrown
      return false
    }
  }

  protected override closeFile(handle: number): void {
    if (handle !== outputHandle) super.closeFile(handle)
  }

  protected override tell(handle: number): number {
    return handle === outputHandle ? this.#length : super.tell(handle)
  }

  /** Lets several archives be read in turns. */
  #takeTurn(): void {
    this.#unrar.extractor = this
  }

  #step<Result>(step: () => Result): Result {
    try {
      return step()
    } catch (thrown) {
      throw this.#refusal ?? thrown
    }
  }
}
