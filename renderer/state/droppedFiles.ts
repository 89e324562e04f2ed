import type { DatasetEntry } from '../../core/data/dataset.ts'
import { shortName } from '../../core/data/ownName.ts'

/** A file that a person gave, with its path relative to what was dropped: `cats/3.jpg`. */
export interface GivenFile {
  readonly path: string
  readonly file: File
}

/** Files and folders that a person dropped or chose together. */
export interface Given {
  /** Name of the file or folder; of the first one if there are several. */
  readonly name: string
  readonly folder: boolean
  /** How many files and folders were given together. */
  readonly count: number
  /** Their path, if the shell reveals it; null means that they must be copied. */
  readonly place: string | null
  /** Lists all files, on demand: a large folder takes a while. */
  readonly files: () => Promise<readonly GivenFile[]>
}

/** Returns the path of a file on this computer, in a shell that reveals it. */
export type PlaceOf = (file: File) => string

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    // A reader returns up to a hundred entries at a time, and an empty list at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    found.push(...some)
  }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

/** All files in an entry, at any depth, without hidden ones. */
async function filesOf(entry: FileSystemEntry, above: string): Promise<GivenFile[]> {
  if (entry.name.startsWith('.')) return []
  const path = `${above}${entry.name}`
  if (isFile(entry)) return [{ path, file: await fileOf(entry) }]
  if (!isFolder(entry)) return []
  const files: GivenFile[] = []
  for (const below of await entriesIn(entry)) files.push(...(await filesOf(below, `${path}/`)))
  return files
}

/** What was dropped; null if it is not files. Call it within the event: afterwards the browser forgets the files. */
export function dropped(transfer: DataTransfer, placeOf: PlaceOf | null): Given | null {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const [file] = transfer.files
  if (entries.length === 0) return null
  const place = placeOf === null || entries.length > 1 ? null : placeOf(file)
  return {
    name: entries[0].name,
    folder: entries[0].isDirectory,
    count: entries.length,
    place,
    files: async () => {
      const files: GivenFile[] = []
      for (const entry of entries) files.push(...(await filesOf(entry, '')))
      return files
    },
  }
}

/** What was chosen in a file or folder dialogue; null for nothing. */
export function chosen(list: FileList, placeOf: PlaceOf | null): Given | null {
  const files = [...list]
  const [first] = files
  if (files.length === 0) return null
  const folder = first.webkitRelativePath !== ''
  const given = files.map((file): GivenFile => ({ path: folder ? file.webkitRelativePath : file.name, file }))
  const name = given[0].path.split('/')[0]
  const count = folder ? 1 : files.length
  return {
    name,
    folder,
    count,
    place:
      placeOf === null || count > 1
        ? null
        : folder
          ? folderPlace(placeOf(first), first.webkitRelativePath)
          : placeOf(first),
    files: () => Promise.resolve(given.filter(({ path }) => path.split('/').every((part) => !part.startsWith('.')))),
  }
}

/** The path of a folder, from a file inside it: `/home/me/cats` for `/home/me/cats/a/1.jpg` and `cats/a/1.jpg`. */
export function folderPlace(place: string, relative: string): string {
  const belowFolder = relative.length - relative.indexOf('/')
  return place.slice(0, place.length - belowFolder)
}

/** The set that a file or folder of this name probably belongs to; null if the name gives no hint. */
export function guessedSet(name: string, sets: readonly Pick<DatasetEntry, 'id' | 'fileNames'>[]): string | null {
  const guess = sets.find(({ fileNames }) => fileNames !== null && new RegExp(fileNames, 'i').test(name))
  return guess?.id ?? null
}

/** The name for a set of own images: that of its folder or archive, without the extension. */
export function ownName(name: string): string {
  return shortName(name.replace(/\.(zip|tar|tgz|tar\.\w+|rar|csv)$/i, ''))
}
