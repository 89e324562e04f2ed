import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { open, readFile, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { writeFileAtomically, writeProblem } from '../../files/atomicFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { rename } from '../../platform/rename.ts'
import { syncFolder } from '../../platform/syncFolder.ts'
import { fileBytes } from '../archives/byteStream.ts'

/** What is known of a partly downloaded file. Written beside the part before its first byte. */
export const PartialFileState = z.strictObject({
  url: z.string(),
  /**
   * The server's validator for this version of the file, as `If-Range` takes it: a strong ETag, or else the
   * modification date; null if it sent none.
   */
  validator: z.string().nullable(),
  /** Bytes of the whole file; null if the server did not say. */
  total: z.int().min(0).nullable(),
})
export type PartialFileState = z.infer<typeof PartialFileState>

/**
 * A file that is being downloaded: `<name>.part`, with its state in `<name>.part.json`, until it is complete and gets
 * its name. It survives the death of the process, and the next one continues it.
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
   * Opens the part of a file, or makes it. A part from another address is thrown away. Bytes that are there are read
   * for their sum.
   * @param file path of the complete file.
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

  /** Base name of the complete file. */
  get name(): string {
    return path.basename(this.#file)
  }

  get folder(): string {
    return path.dirname(this.#file)
  }

  /** State of the file; null before a server has answered. */
  get of(): PartialFileState | null {
    return this.#of
  }

  /** Bytes that are here. */
  get length(): number {
    return this.#length
  }

  /**
   * Throws away the bytes that are here and starts again with the state that a new response states.
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
   * Gives the complete file its name and closes it.
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

  /** Closes the file. The bytes that are here stay for the next attempt; an empty part is removed. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#handle.close()
    if (this.#length === 0) for (const name of [partOf(this.#file), noteOf(this.#file)]) await rm(name, { force: true })
  }
}

/** Bytes of a file, whole or in part, that an earlier attempt left. */
export async function bytesHere(file: string): Promise<number> {
  for (const name of [file, partOf(file)]) {
    const found = await stat(name).catch(() => null) // A missing file has no bytes.
    if (found !== null) return found.size
  }
  return 0
}

/** Removes a file and its part, whichever exist. */
export async function removeDownload(file: string): Promise<void> {
  for (const name of [file, partOf(file), noteOf(file)]) await rm(name, { force: true })
}

function partOf(file: string): string {
  return `${file}.part`
}

function noteOf(file: string): string {
  return `${file}.part.json`
}

/** If the state is missing or unreadable, the part is worthless: the file is downloaded again. */
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
