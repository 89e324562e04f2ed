import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'

/** Bytes to buffer before a write, because a single image is only a few thousand. */
const writtenAtOnce = 1 << 20

/** Writes a new file from beginning to end, in pieces of any size, and computes its sha256 along the way. */
export class HashedFile {
  readonly #handle: FileHandle
  readonly #hash = createHash('sha256')
  readonly #gathered = Buffer.allocUnsafe(writtenAtOnce)
  #waiting = 0
  #written = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /** @throws the system's error, for `writeProblem`, as all other methods do. */
  static async create(file: string): Promise<HashedFile> {
    return new HashedFile(await open(file, 'wx'))
  }

  /** Number of bytes added so far. */
  get bytes(): number {
    return this.#written + this.#waiting
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#waiting + bytes.byteLength > writtenAtOnce) await this.#flush()
    if (bytes.byteLength > writtenAtOnce) return this.#put(bytes)
    this.#gathered.set(bytes, this.#waiting)
    this.#waiting += bytes.byteLength
  }

  /** Syncs and closes the file. @returns its sha256 as hex digits. */
  async finish(): Promise<string> {
    try {
      await this.#flush()
      await this.#handle.sync()
    } finally {
      await this.#handle.close()
    }
    return this.#hash.digest('hex')
  }

  /** Closes the file in whatever state it is. */
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
    // `writeFile` of a handle continues at the current position and handles short writes.
    await this.#handle.writeFile(bytes)
    this.#written += bytes.byteLength
  }
}

/** Writes a small new file and syncs it. @throws the system's error, for `writeProblem`. */
export async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
