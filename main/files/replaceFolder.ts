import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from './atomicFile.ts'

/** The start of the name under which a folder steps aside for the one that takes its place. */
const asidePrefix = '.replaced-'

/**
 * Puts a finished folder in the place of another one, which need not exist. No system renames onto a folder with files
 * in it, so the old one steps aside first; where a crash comes between, `restoreReplaced` puts it back.
 * @throws what the system says, for `writeProblem`.
 */
export async function replaceFolder(from: string, to: string): Promise<void> {
  const aside = path.join(path.dirname(to), asidePrefix + path.basename(to))
  await rm(aside, { recursive: true, force: true })
  await rename(to, aside).catch((thrown: unknown) => {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
  })
  await rename(from, to)
  await syncFolder(path.dirname(to))
  await rm(aside, { recursive: true, force: true })
}

/**
 * Ends what a crash amid `replaceFolder` has left in a folder: the old one comes back where the new one had not come
 * yet, and goes otherwise.
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
