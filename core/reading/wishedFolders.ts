import { refuse } from '../words/problems.ts'
import { folderPathBelow, foldersBelow, givenFolder, type Folder } from './folderTree.ts'
import type { PartedFolder } from './partClasses.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** How many folders a sentence names. */
const namedFolders = 10

/** A path as a person writes it, with `/` alone, without steps and slashes at its ends. */
function tidy(path: string): string {
  const steps = path.trim().normalize('NFC').split(/[\\/]/)
  return steps.filter((step) => step !== '' && step !== '.').join('/')
}

/** The folders from which paths may begin: the given one first, then single ones in it, the root last. */
function beginnings(root: Folder): Folder[] {
  const found = [givenFolder(root)]
  for (const { folders } of found) if (folders.length === 1) found.push(folders[0])
  return [...found, root]
}

/** Finds folders by their path, with letters as written, else of either case. */
function folderFinder(root: Folder): (wished: string) => readonly Folder[] {
  const folders = foldersBelow(root)
  const byPath = new Map(folders.map((folder) => [folder.path, [folder]]))
  const bySmallPath = new Map<string, Folder[]>()
  for (const folder of folders) {
    const small = folder.path.toLowerCase()
    bySmallPath.set(small, [...(bySmallPath.get(small) ?? []), folder])
  }
  const starts = beginnings(root).map(({ path }) => path)
  return (wished) => {
    const path = tidy(wished)
    if (path === '') return []
    const paths = starts.map((start) => (start === '' ? path : `${start}/${path}`))
    const found = paths.map((one) => byPath.get(one)).find((one) => one !== undefined)
    return found ?? paths.map((one) => bySmallPath.get(one.toLowerCase())).find((one) => one !== undefined) ?? []
  }
}

function folderList(root: Folder): string {
  const given = givenFolder(root)
  const paths = foldersBelow(given).map((folder) => folderPathBelow(given, folder))
  const more = paths.length > namedFolders ? [...paths.slice(0, namedFolders), '…'] : paths
  return more.length === 0 ? '–' : more.join(', ')
}

/**
 * The folders that a person named as parts. Paths begin below the given folder or below a single folder in it.
 * @throws `reading-folder-unknown`, `reading-folder-twice`.
 */
export function wishedParts(root: Folder, { train, test }: Pick<ReadingWishes, 'train' | 'test'>): PartedFolder[] {
  const find = folderFinder(root)
  const parts = new Map<Folder, PartedFolder>()
  for (const [part, wished] of [['train', train ?? []] as const, ['test', test ?? []] as const]) {
    for (const path of wished) {
      const folders = find(path)
      if (folders.length === 0) refuse('reading-folder-unknown', { folder: path, known: folderList(root) })
      for (const folder of folders) {
        if ((parts.get(folder)?.part ?? part) !== part) refuse('reading-folder-twice', { folder: path })
        parts.set(folder, { folder, part })
      }
    }
  }
  return [...parts.values()]
}
