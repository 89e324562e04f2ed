import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'

/**
 * Limits for unpacking. What exceeds them is refused while it is read, so that no archive fills the memory or the disk.
 */
export interface OriginalLimits {
  /** Entries of all archives, and of folders that were reached through links, together. */
  readonly entries: number
  /** Bytes of one file that is read whole. */
  readonly fileBytes: number
  /** Bytes of an archive inside an archive that must lie on the disk to be read (zip, rar). */
  readonly nestedBytes: number
  /** Bytes unpacked in all. */
  readonly totalBytes: number
  /** Largest ratio of unpacked to packed size, for stretches of more than `ratioFrom` bytes. */
  readonly ratio: number
  readonly ratioFrom: number
  /** How deep archives may be nested. */
  readonly depth: number
}

/**
 * Wide enough for every known set. CORe50 has 164,866 files and HASYv2 168,233. The largest file is CIFAR-100's with
 * 154 MB. Cityscapes' two archives unpack to 12 GB. No part of any set shrinks to less than a fifteenth. For
 * comparison, deflate can reach 1:1032, and bzip2 far more.
 */
export const usualLimits: OriginalLimits = {
  entries: 1_000_000,
  fileBytes: 2 ** 28,
  nestedBytes: 2 ** 35,
  totalBytes: 2 ** 37,
  ratio: 100,
  ratioFrom: 2 ** 24,
  depth: 4,
}

/** The remaining allowance while one set's files are read. */
export class Allowance {
  readonly limits: OriginalLimits
  #entries = 0
  #bytes = 0

  constructor(limits: OriginalLimits) {
    this.limits = limits
  }

  /** @throws SourceError when there are too many entries. */
  countEntry(archive: string): void {
    this.#entries += 1
    if (this.#entries > this.limits.entries)
      throw new SourceError(phrase('archive-too-many', { archive, most: String(this.limits.entries) }))
  }

  /** @throws SourceError when too much was unpacked in all. */
  countBytes(bytes: number, archive: string): void {
    this.#bytes += bytes
    if (this.#bytes > this.limits.totalBytes)
      throw new SourceError(
        phrase('archive-too-large', { archive, gigabytes: Math.round(this.limits.totalBytes / 1e9) }),
      )
  }

  /** @throws SourceError when the ratio of unpacked to packed bytes is too large. */
  checkRatio(packed: number, unpacked: number, archive: string): void {
    const { ratio, ratioFrom } = this.limits
    if (unpacked > ratioFrom && unpacked > ratio * packed)
      throw new SourceError(phrase('archive-too-dense', { archive, times: ratio }))
  }

  /** @throws SourceError for a file larger than that of any set. */
  checkFile(bytes: number, name: string): void {
    if (bytes > this.limits.fileBytes)
      throw new SourceError(
        phrase('packed-file-too-large', { name, megabytes: Math.round(this.limits.fileBytes / 1e6) }),
      )
  }
}
