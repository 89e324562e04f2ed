import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { syncFolder, writeFileAtomically, writeProblem } from '../../files/atomicFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { fileBytes } from '../archives/byteStream.ts'

/** What is known of the file that a part belongs to, written beside it before its first byte. */
export const PartialFileState = z.strictObject({
  url: z.string(),
  /**
   * The server's name for this state of the file, a strong ETag or else the date of its last change, as `If-Range`
   * takes it; null: it gave none.
   */
  validator: z.string().nullable(),
  /** Bytes of the whole; null: the server did not say. */
  total: z.int().min(0).nullable(),
})
export type PartialFileState = z.infer<typeof PartialFileState>

/**
 * A file that is being downloaded: `<name>.part`, with what it is a part of in `<name>.part.json`, until it is whole
 * and gets its name. It outlives the process, however that ends, and is gone on with by the next one.
 */
export class PartialFile {
  readonly #file: string
  readonly #handle: FileHandle
  #of: PartialFileState | null
  #length: number
  #closed = false
  #hash: Hash

  private constructor(
    file: string,
    handle: FileHandle,
    state: { of: PartialFileState | null; length: number; hash: Hash },
  ) {
    this.#file = file
    this.#handle = handle
    this.#of = state.of
    this.#length = state.length
    this.#hash = state.hash
  }

  /**
   * Opens the part of a file, made where there is none; one of another address is begun anew. Bytes that are there are
   * read, for their sum.
   * @param file Under which it will lie once it is whole.
   * @throws LabError `disk-full` or `write-failed`; the signal's reason when aborted.
   */
  static async open(
    file: string,
    url: string,
    { signal, onChecked }: { signal: AbortSignal; onChecked: (done: number, total: number) => void },
  ): Promise<PartialFile> {
    const part = partOf(file)
    const of = await readPartOf(file)
    const known = of !== null && of.url === url
    const handle = await makeFolder(path.dirname(file))
      .then(() => open(part, known ? 'r+' : 'w'))
      .catch((thrown: unknown) => (isMissing(thrown) ? open(part, 'w') : Promise.reject(thrown)))
      .catch(refuseToWrite(part))
    const hash = createHash('md5')
    try {
      const { size } = await handle.stat()
      let length = 0
      if (size > 0) {
        for await (const piece of fileBytes(part)) {
          signal.throwIfAborted()
          hash.update(piece)
          length += piece.byteLength
          onChecked(length, size)
        }
      }
      return new PartialFile(file, handle, { of: known ? of : null, length, hash })
    } catch (thrown) {
      await handle.close()
      throw thrown
    }
  }

  /** Its name once it is whole. */
  get name(): string {
    return path.basename(this.#file)
  }

  get folder(): string {
    return path.dirname(this.#file)
  }

  /** Null before a server has answered. */
  get of(): PartialFileState | null {
    return this.#of
  }

  /** Bytes that are here. */
  get length(): number {
    return this.#length
  }

  /**
   * Throws away what is here and begins with what another answer promises.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async begin(of: PartialFileState): Promise<void> {
    await this.#handle.truncate(0).catch(refuseToWrite(this.#file))
    this.#length = 0
    this.#hash = createHash('md5')
    this.#of = of
    await writeFileAtomically(noteOf(this.#file), [Buffer.from(JSON.stringify(of))])
  }

  /** @throws LabError `disk-full` or `write-failed`. */
  async append(bytes: Buffer): Promise<void> {
    let written = 0
    while (written < bytes.byteLength) {
      const { bytesWritten } = await this.#handle
        .write(bytes, written, bytes.byteLength - written, this.#length + written)
        .catch(refuseToWrite(this.#file))
      written += bytesWritten
    }
    this.#hash.update(bytes)
    this.#length += bytes.byteLength
  }

  /** MD5 of the bytes that are here. */
  sum(): string {
    return this.#hash.copy().digest('hex')
  }

  /**
   * Gives the whole file its name and closes it.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async finish(): Promise<void> {
    await this.#handle.sync().catch(refuseToWrite(this.#file))
    this.#closed = true
    await this.#handle.close()
    await rename(partOf(this.#file), this.#file)
      .then(() => rm(noteOf(this.#file), { force: true }))
      .then(() => syncFolder(path.dirname(this.#file)))
      .catch(refuseToWrite(this.#file))
  }

  /** Closes it; what is here stays for the next attempt. Of nothing nothing stays. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#handle.close()
    if (this.#length === 0) for (const name of [partOf(this.#file), noteOf(this.#file)]) await rm(name, { force: true })
  }
}

/** Bytes of a file that are here from an earlier attempt, whole or in part. */
export async function bytesHere(file: string): Promise<number> {
  for (const name of [file, partOf(file)]) {
    const found = await stat(name).catch(() => null) // What is not there has no bytes here.
    if (found !== null) return found.size
  }
  return 0
}

/** Removes a file and its part, whatever of them is there. */
export async function removeDownload(file: string): Promise<void> {
  for (const name of [file, partOf(file), noteOf(file)]) await rm(name, { force: true })
}

function partOf(file: string): string {
  return `${file}.part`
}

function noteOf(file: string): string {
  return `${file}.part.json`
}

/** A note that is missing or unreadable makes the part worthless, and no more: it is downloaded again. */
async function readPartOf(file: string): Promise<PartialFileState | null> {
  const text = await readFile(noteOf(file), 'utf8').catch(() => '')
  try {
    return PartialFileState.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
}

function refuseToWrite(file: string): (thrown: unknown) => never {
  return (thrown) => {
    throw writeProblem(thrown, file)
  }
}
