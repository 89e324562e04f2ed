import { readdir, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { temporaryPrefix, writeFileAtomically, writeProblem } from '../files/atomicFile.ts'
import { makeFolder } from '../files/makeFolder.ts'

export interface StoredFilesOptions {
  readonly folder: string
  /** What the names of these files end in; a folder may hold several kinds. */
  readonly suffix: `.${string}`
  /** Bytes of all files together; those unused for longest go first. */
  readonly most: number
}

/**
 * Files of what was computed and can be computed again, so that one that is missing or damaged is no loss. Names are
 * given without their suffix.
 */
export class StoredFiles {
  readonly #options: StoredFilesOptions
  #prepared: Promise<void> | null = null

  constructor(options: StoredFilesOptions) {
    this.#options = options
  }

  /** Where a file is, if it is there. */
  pathOf(name: string): string {
    return path.join(this.#options.folder, `${name}${this.#options.suffix}`)
  }

  /** Notes that a file was of use. In a folder that may only be read, it looks older than it is. */
  async used(name: string): Promise<void> {
    const now = new Date()
    await utimes(this.pathOf(name), now, now).catch(() => undefined)
  }

  /** Deletes a file that is damaged. One that stays is written anew anyway. */
  async forget(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true }).catch(() => undefined)
  }

  /**
   * Writes a file, and deletes those unused for longest where all take too much.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async keep(name: string, pieces: readonly Uint8Array[]): Promise<void> {
    this.#prepared ??= this.#prepare()
    await this.#prepared
    await writeFileAtomically(this.pathOf(name), pieces)
    await this.#deleteOldest(this.pathOf(name))
  }

  /** Makes the folder and removes what a crash left half-written. */
  async #prepare(): Promise<void> {
    const { folder, suffix } = this.#options
    try {
      await makeFolder(folder)
      const names = await readdir(folder)
      const left = names.filter((name) => name.startsWith(temporaryPrefix) && name.endsWith(suffix))
      await Promise.all(left.map((name) => rm(path.join(folder, name), { force: true })))
    } catch (thrown) {
      this.#prepared = null
      throw writeProblem(thrown, folder)
    }
  }

  async #deleteOldest(newest: string): Promise<void> {
    const { folder, suffix, most } = this.#options
    const names = (await readdir(folder)).filter((name) => name.endsWith(suffix) && !name.startsWith(temporaryPrefix))
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(folder, name)
        // One that another call has just deleted counts nothing.
        const found = await stat(file).catch(() => null)
        return { file, bytes: found?.size ?? 0, used: found?.mtimeMs ?? 0 }
      }),
    )
    let sum = files.reduce((total, { bytes }) => total + bytes, 0)
    for (const { file, bytes } of files.toSorted((one, other) => one.used - other.used)) {
      if (sum <= most) break
      if (file === newest) continue
      await rm(file, { force: true }).catch(() => undefined) // The next one tries again.
      sum -= bytes
    }
  }
}
