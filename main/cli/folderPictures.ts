import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { refuse } from '../../core/words/problems.ts'

/** Names of pictures. Kinds that cannot be read are among them, so that they are told and not passed over. */
const pictureName = /\.(jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif)$/i

/** Files and folders that systems put there, and not a person. */
function isStray(file: string): boolean {
  return file.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')
}

/** Whether there is a folder at this path. */
export async function isFolder(place: string): Promise<boolean> {
  // Reading the file says better what is wrong with it.
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/**
 * The pictures in a folder and in those inside it, by their names.
 * @returns paths from the folder on, with `/` between their parts, in the order of their characters.
 * @throws LabError `picture-file-unread` or `folder-without-pictures`.
 */
export async function picturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((thrown: unknown) =>
    refuse('picture-file-unread', { path: folder, detail: String(thrown) }, { cause: thrown }),
  )
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => pictureName.test(file) && !isStray(file))
  if (files.length === 0) refuse('folder-without-pictures', { folder })
  return files.sort()
}
