import { readFile } from 'node:fs/promises'
import { packedBytes, type NamedPass } from '../../../core/errors/testPass.ts'
import { RecentAnswers } from '../../engine/shared/recentAnswers.ts'
import { StoredFiles } from '../storedFiles.ts'
import { passFile, passInFile } from './passFile.ts'

/** Bytes of the files that are kept. */
const kept = 128_000_000

/** Bytes that stay in memory. */
const keptInMemory = 16_000_000

/** The passes over test sets that were computed, a file a checkpoint in the home folder. */
export class StoredPasses {
  readonly #files: StoredFiles
  readonly #recent = new RecentAnswers<NamedPass>(keptInMemory, ({ pass }) => packedBytes(pass))

  /** @param most Bytes of all files together. */
  constructor(folder: string, most: number = kept) {
    this.#files = new StoredFiles({ folder, suffix: '.pass', most })
  }

  /** The pass of a checkpoint, if it is stored. @param sha256 Of the checkpoint's file. */
  async known(sha256: string): Promise<NamedPass | null> {
    const recent = this.#recent.known(sha256)
    if (recent !== null) return recent
    const bytes = await readFile(this.#files.pathOf(sha256)).catch(() => null)
    if (bytes === null) return null
    const pass = passInFile(sha256, bytes)
    if (pass === null) {
      await this.#files.forget(sha256)
      return null
    }
    await this.#files.used(sha256)
    this.#recent.keep(sha256, pass)
    return pass
  }

  /**
   * Stores a pass. It is known at once, even when it cannot be written.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async keep(sha256: string, pass: NamedPass): Promise<void> {
    this.#recent.keep(sha256, pass)
    await this.#files.keep(sha256, passFile(sha256, pass))
  }
}
