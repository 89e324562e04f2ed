import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { packedBytes, type NamedPass } from '../../../core/errors/testPass.ts'
import { RecentAnswers } from '../../engine/shared/recentAnswers.ts'
import { temporaryPrefix, writeFileAtomically, writeProblem } from '../../files/atomicFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { passFile, passInFile } from './passFile.ts'

/** Bytes of the files that are kept; those unused for longest go first. */
const kept = 128_000_000

/** Bytes that stay in memory. */
const keptInMemory = 16_000_000

const suffix = '.pass'

/**
 * The passes over test sets that were computed, a file a checkpoint in the home folder. Each can be computed again, so a
 * file that is missing or damaged is no loss.
 */
export class StoredPasses {
  readonly #folder: string
  readonly #most: number
  readonly #recent = new RecentAnswers<NamedPass>(keptInMemory, ({ pass }) => packedBytes(pass))
  #prepared: Promise<void> | null = null

  /** @param most Bytes of all files together. */
  constructor(folder: string, most: number = kept) {
    this.#folder = folder
    this.#most = most
  }

  /** The pass of a checkpoint, if it is stored. @param sha256 Of the checkpoint's file. */
  async known(sha256: string): Promise<NamedPass | null> {
    const recent = this.#recent.known(sha256)
    if (recent !== null) return recent
    const file = this.#fileOf(sha256)
    const bytes = await readFile(file).catch(() => null)
    if (bytes === null) return null
    const pass = passInFile(sha256, bytes)
    if (pass === null) {
      await rm(file, { force: true }).catch(() => undefined) // It is written anew anyway.
      return null
    }
    const now = new Date()
    // In a folder that may only be read, a file looks older than it is.
    await utimes(file, now, now).catch(() => undefined)
    this.#recent.keep(sha256, pass)
    return pass
  }

  /**
   * Stores a pass, and deletes those unused for longest where all take too much. It is known at once, even when it
   * cannot be written.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async keep(sha256: string, pass: NamedPass): Promise<void> {
    this.#recent.keep(sha256, pass)
    this.#prepared ??= this.#prepare()
    await this.#prepared
    await writeFileAtomically(this.#fileOf(sha256), passFile(sha256, pass))
    await this.#deleteOldest(this.#fileOf(sha256))
  }

  #fileOf(sha256: string): string {
    return path.join(this.#folder, `${sha256}${suffix}`)
  }

  /** Makes the folder and removes what a crash left half-written. */
  async #prepare(): Promise<void> {
    try {
      await makeFolder(this.#folder)
      const left = (await readdir(this.#folder)).filter((name) => name.startsWith(temporaryPrefix))
      await Promise.all(left.map((name) => rm(path.join(this.#folder, name), { force: true })))
    } catch (thrown) {
      this.#prepared = null
      throw writeProblem(thrown, this.#folder)
    }
  }

  async #deleteOldest(newest: string): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(suffix))
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.#folder, name)
        // One that another call has just deleted counts nothing.
        const found = await stat(file).catch(() => null)
        return { file, bytes: found?.size ?? 0, used: found?.mtimeMs ?? 0 }
      }),
    )
    let sum = files.reduce((total, { bytes }) => total + bytes, 0)
    for (const { file, bytes } of files.toSorted((one, other) => one.used - other.used)) {
      if (sum <= this.#most) break
      if (file === newest) continue
      await rm(file, { force: true }).catch(() => undefined) // The next pass tries again.
      sum -= bytes
    }
  }
}
