import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isLitter, joinPath } from './entryPath.ts'

/** A file that was found in a folder. */
export interface FoundFile {
  readonly file: string
  /** Path from the folder's own name on, in Unicode's composed form (NFC). */
  readonly path: string
  readonly bytes: number
}

/**
 * All files below a folder, those of each folder sorted by name. Links are not followed and hidden files are left out.
 * @param under Path that the results begin with.
 */
export async function* walkFolder(folder: string, under: string): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true })
  const wanted = entries
    .filter((entry) => !isLitter(entry.name) && (entry.isDirectory() || entry.isFile()))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  // A folder may hold all pictures of a set, so several files are looked up at once.
  const sizes = await Promise.all(
    wanted.map(async (entry) => (entry.isFile() ? await stat(path.join(folder, entry.name)) : null)),
  )
  for (const [index, entry] of wanted.entries()) {
    const file = path.join(folder, entry.name)
    const below = joinPath(under, entry.name.normalize('NFC'))
    const found = sizes[index]
    if (found === null) yield* walkFolder(file, below)
    else yield { file, path: below, bytes: found.size }
  }
}
