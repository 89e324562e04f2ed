import { existsSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import path from 'node:path'
import { phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { newFolder } from '../files/newFolder.ts'

/**
 * Begins a run whose events go to a folder, which is made before: one that cannot be written is refused, and no run
 * begins. Where no run begins, a folder that was made goes again.
 * @param folder Absolute path; an empty folder or not there yet; undefined: there is none.
 * @throws LabError `bad-input` for a relative path, `export-folder-taken`, `disk-full` or `write-failed`, or as `begin`
 *   does.
 */
export async function withEventFolder<Begun>(
  folder: string | undefined,
  begin: () => Begun | Promise<Begun>,
): Promise<Begun> {
  if (folder === undefined) return begin()
  if (!path.isAbsolute(folder)) refuse('bad-input', { detail: phrase('path-not-absolute', { folder }) })
  const wasThere = existsSync(folder)
  const made = newFolder(folder, async function* (): AsyncGenerator<never, void> {})
  await made.next()
  try {
    return await begin()
  } catch (thrown) {
    // An empty folder that cannot be removed harms nobody; why no run began matters more.
    if (!wasThere) await rmdir(folder).catch(() => undefined)
    throw thrown
  }
}
