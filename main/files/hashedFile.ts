import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'

/** Bytes that are gathered before they are written: an image alone is a few thousand. */
const writtenAtOnce = 1 << 20

/**
 * A new file that is written from its beginning to its end, in pieces of any size, and whose sha256 is known at the
 * end.
 */
export class HashedFile {
  readonly #handle: FileHandle
  readonly #hash = createHash('sha256')
  readonly #gathered = Buffer.allocUnsafe(writtenAtOnce)
  #waiting = 0
  #written = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /** @throws what the system says, for `writeProblem`; so do all others. */
  static async create(file: string): Promise<HashedFile> {
    return new HashedFile(await open(file, 'wx'))
  }

  /** Bytes that it has so far. */
  get bytes(): number {
    return this.#written + this.#waiting
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#waiting + bytes.byteLength > writtenAtOnce) await this.#flush()
    if (bytes.byteLength > writtenAtOnce) return this.#put(bytes)
    this.#gathered.set(bytes, this.#waiting)
    this.#waiting += bytes.byteLength
  }

  /** Syncs and closes the file. @returns its sha256 in hex digits. */
  async finish(): Promise<string> {
    try {
      await this.#flush()
      await this.#handle.sync()
    } finally {
      await this.#handle.close()
    }
    return this.#hash.digest('hex')
  }

  /** Closes the file as it is. */
  async abandon(): Promise<void> {
    await this.#handle.close()
  }

  async #flush(): Promise<void> {
    const bytes = this.#gathered.subarray(0, this.#waiting)
    this.#waiting = 0
    await this.#put(bytes)
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    // A handle's `writeFile` continues where the last one ended and goes on after a short write.
    await this.#handle.writeFile(bytes)
    this.#written += bytes.byteLength
  }
}

/** Writes a small new file and syncs it. @throws what the system says, for `writeProblem`. */
export async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
