import { existsSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { rename, renameSync } from '../platform/rename.ts'
import { syncFolder } from '../platform/syncFolder.ts'
import { codeOf } from './errorCode.ts'

/** Prefix of the name that an old folder gets while it is being replaced. */
const asidePrefix = '.replaced-'

/**
 * Moves a finished folder into the place of another one, which need not exist. No system can rename onto a folder with
 * files in it, so the old one is renamed first. After a crash in between, `restoreReplaced` puts it back.
 * @throws the system's error, for `writeProblem`.
 */
export async function replaceFolder(from: string, to: string): Promise<void> {
  const aside = path.join(path.dirname(to), asidePrefix + path.basename(to))
  await rm(aside, { recursive: true, force: true })
  await rename(to, aside).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOENT') throw thrown
  })
  await rename(from, to)
  await syncFolder(path.dirname(to))
  await rm(aside, { recursive: true, force: true })
}

/**
 * Cleans up after a crash during `replaceFolder`: restores the old folder if the new one is not in place yet, and
 * deletes it otherwise.
 */
export function restoreReplaced(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(asidePrefix)) continue
    const aside = path.join(folder, name)
    const target = path.join(folder, name.slice(asidePrefix.length))
    if (existsSync(target)) rmSync(aside, { recursive: true, force: true })
    else renameSync(aside, target)
  }
}
