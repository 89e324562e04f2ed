import { createHash } from 'node:crypto'
import type { GivenImage } from '../../core/inspect/looking.ts'
import { phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { pictureExtents } from '../datasets/images/givenPicture.ts'

/** Bytes of pictures that are kept; the ones unused for longest go first. */
const kept = 128_000_000

/** The largest file that is taken, in bytes. */
export const largestPicture = 64_000_000

/** Uploads that may be under way at once. */
const mostUploads = 8

/**
 * Pictures that a person gave to look at, by the sha256 of their files. They are kept in memory alone: nothing that is
 * looked at is stored.
 */
export class GivenPictures {
  readonly #pictures = new Map<string, Buffer>()
  readonly #uploads = new Map<string, Buffer[]>()

  /**
   * Takes a part of a file; files come in parts because messages are small.
   * @param upload Names the file while its parts come in, in order.
   * @returns null until the last part has come.
   * @throws LabError `picture-refused` when it is too large or cannot be read.
   */
  async take(upload: string, part: Uint8Array, last: boolean): Promise<GivenImage | null> {
    const parts = [...(this.#uploads.get(upload) ?? []), Buffer.from(part)]
    this.#uploads.delete(upload)
    const bytes = parts.reduce((sum, one) => sum + one.byteLength, 0)
    if (bytes > largestPicture)
      refuse('picture-refused', { detail: phrase('file-too-large', { megabytes: largestPicture / 1e6 }) })
    if (last) return await this.#keep(Buffer.concat(parts))
    this.#uploads.set(upload, parts)
    // One that was begun and left is dropped for a newer one.
    for (const oldest of this.#uploads.keys()) {
      if (this.#uploads.size <= mostUploads) break
      this.#uploads.delete(oldest)
    }
    return null
  }

  /** The file of a picture. @throws LabError `given-unknown` when it is no longer kept. */
  bytesOf(sha256: string): Buffer {
    const bytes = this.#pictures.get(sha256) ?? refuse('given-unknown', {})
    this.#pictures.delete(sha256)
    this.#pictures.set(sha256, bytes)
    return bytes
  }

  async #keep(bytes: Buffer): Promise<GivenImage> {
    const { width, height } = await pictureExtents(bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#pictures.delete(sha256)
    this.#pictures.set(sha256, bytes)
    let sum = [...this.#pictures.values()].reduce((total, one) => total + one.byteLength, 0)
    for (const [oldest, one] of this.#pictures) {
      if (sum <= kept || this.#pictures.size === 1) break
      this.#pictures.delete(oldest)
      sum -= one.byteLength
    }
    return { sha256, width, height }
  }
}
