import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'

/** Bytes read at once. An entry of the central directory has about a hundred. */
const blockBytes = 1 << 16
/** Packed bytes of a file read at once. */
const pieceBytes = 1 << 18

/**
 * Opens a zip archive. Names stay bytes. Entries can be listed once for each opening.
 * @throws What the library throws for broken bytes, and what the file system does.
 */
export async function openZip(file: string): Promise<ZipFile> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    return await fromRandomAccessReaderPromise(new BlockReader(handle), size, { decodeStrings: false, autoClose: true })
  } catch (thrown) {
    await handle.close()
    throw thrown
  }
}

/** Reads a file in blocks: the library asks for each entry of the central directory twice, a few bytes at a time. */
class BlockReader extends RandomAccessReader {
  readonly #handle: FileHandle
  #block = Buffer.alloc(0)
  #start = 0

  constructor(handle: FileHandle) {
    super()
    this.#handle = handle
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#bytesAt(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset)
        callback(null)
      },
      (thrown: unknown) => callback(thrown instanceof Error ? thrown : new Error(String(thrown))),
    )
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end))
  }

  override close(callback: (error: Error | null) => void): void {
    this.#handle.close().then(
      () => callback(null),
      (thrown: unknown) => callback(thrown instanceof Error ? thrown : new Error(String(thrown))),
    )
  }

  // A stream of the file system would close the file with itself.
  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const piece = Buffer.allocUnsafe(Math.min(end - at, pieceBytes))
      const { bytesRead } = await this.#handle.read(piece, 0, piece.byteLength, at)
      if (bytesRead === 0) throw new Error('unexpected end of the file')
      yield piece.subarray(0, bytesRead)
      at += bytesRead
    }
  }

  async #bytesAt(position: number, length: number): Promise<Buffer> {
    const from = position - this.#start
    if (from >= 0 && from + length <= this.#block.byteLength) return this.#block.subarray(from, from + length)
    const wanted = Buffer.allocUnsafe(Math.max(length, blockBytes))
    const { bytesRead } = await this.#handle.read(wanted, 0, wanted.byteLength, position)
    if (bytesRead < length) throw new Error('unexpected end of the file')
    this.#block = wanted.subarray(0, bytesRead)
    this.#start = position
    return this.#block.subarray(0, length)
  }
}
