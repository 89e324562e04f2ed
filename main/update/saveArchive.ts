import { copyFile, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { archivesFolder, type OfferedArchive } from '../../core/mirror/mirrorOffer.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import { bringMirrorFile, isMirrorFailure, type Transfer } from '../datasets/mirror/mirrorFiles.ts'
import { temporaryBeside, writeProblem } from '../files/atomicFile.ts'
import { codeOf } from '../files/errorCode.ts'
import { makeFolder } from '../files/makeFolder.ts'
import { sumOfFile } from '../files/sumOfFile.ts'
import { rename } from '../platform/rename.ts'
import { syncFolder } from '../platform/syncFolder.ts'

export interface SavingPlaces {
  /** A folder of the home for what has come so far. It goes when nothing in it can be gone on with. */
  readonly partial: string
  /** Where the archive is to be saved. */
  readonly folder: string
}

/**
 * Brings an archive of a mirror here, checks its sum and saves it under its name, whole or not at all. After a mirror
 * that broke off, and when the lab closes, what has come stays in `partial`, and the next attempt goes on with it.
 * @returns the saved file.
 * @throws LabError `update-not-got`, `update-altered`, `update-file-there`, `update-no-folder`, `disk-full` or
 *   `write-failed`; the signal's reason when aborted.
 */
export async function saveArchive(
  mirror: string,
  archive: OfferedArchive,
  { partial, folder }: SavingPlaces,
  transfer: Transfer,
): Promise<string> {
  const { file } = archive
  const saved = path.join(folder, file)
  await checkTarget(saved)
  if (await isThere(saved, archive, transfer)) return saved
  await makeFolder(partial).catch((thrown: unknown) => {
    throw writeProblem(thrown, partial)
  })
  const brought = path.join(partial, file)
  let kept = false
  try {
    await forgetOthers(partial, file)
    await bringMirrorFile(mirror, `${archivesFolder}/${file}`, brought, transfer)
    const sum = await sumOfFile('sha256', brought, transfer.signal, (done) => transfer.onChecked?.(done, archive.bytes))
    if (sum !== archive.sha256) refuse('update-altered', { file, sum, wanted: archive.sha256 })
    await moveTo(brought, saved)
    return saved
  } catch (thrown) {
    kept = isMirrorFailure(thrown) || (thrown instanceof LabError && thrown.problem.code === 'lab-closing')
    if (transfer.signal.aborted || !isMirrorFailure(thrown)) throw thrown
    return refuse('update-not-got', { file, mirror, detail: thrown.said }, { cause: thrown })
  } finally {
    if (!kept || (await readdir(partial)).length === 0)
      await rm(partial, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Removes what has come of other archives. */
async function forgetOthers(partial: string, file: string): Promise<void> {
  for (const name of await readdir(partial))
    if (!name.startsWith(file)) await rm(path.join(partial, name), { recursive: true, force: true })
}

async function checkTarget(saved: string): Promise<void> {
  const folder = path.dirname(saved)
  const found = await stat(folder).catch((thrown: unknown) =>
    refuse('update-no-folder', { folder, detail: codeOf(thrown) }, { cause: thrown }),
  )
  if (!found.isDirectory()) refuse('update-no-folder', { folder, detail: 'ENOTDIR' })
}

/**
 * Whether the archive is saved already.
 * @throws LabError `update-file-there` for another file of its name, which is a person's and not replaced.
 */
async function isThere(
  saved: string,
  { bytes, sha256 }: OfferedArchive,
  { signal, onChecked }: Transfer,
): Promise<boolean> {
  const found = await stat(saved).catch(() => null) // Then it is saved there.
  if (found === null) return false
  const equal =
    found.size === bytes && (await sumOfFile('sha256', saved, signal, (done) => onChecked?.(done, bytes))) === sha256
  return equal || refuse('update-file-there', { file: saved })
}

/** Makes the bytes of a copy survive a power failure before its name does. */
async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Moves a file, also to another disk. */
async function moveTo(from: string, to: string): Promise<void> {
  const temporary = temporaryBeside(to)
  try {
    await rename(from, to).catch(async (thrown: unknown) => {
      if (codeOf(thrown) !== 'EXDEV') throw thrown
      await copyFile(from, temporary)
      await syncFile(temporary)
      await rename(temporary, to)
    })
    await syncFolder(path.dirname(to))
  } catch (thrown) {
    // Where it cannot be removed either, the first failure matters more.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeProblem(thrown, to)
  }
}
