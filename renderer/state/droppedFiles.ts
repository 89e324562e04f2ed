import type { DatasetEntry } from '../../core/data/dataset.ts'

/** A file that a person gave, with its path from what was dropped on: `cats/3.jpg`. */
export interface GivenFile {
  readonly path: string
  readonly file: File
}

/** Files and folders that a person dropped or chose together. */
export interface Given {
  /** Name of the file or folder; of the first one where there are several. */
  readonly name: string
  readonly folder: boolean
  /** How many files and folders were given together. */
  readonly count: number
  /** Where they lie, in a shell that says it; null: they must be copied. */
  readonly place: string | null
  /** All files, once they are needed: a large folder takes a while to be listed. */
  readonly files: () => Promise<readonly GivenFile[]>
}

/** Says where a file lies on this computer, in a shell that may. */
export type PlaceOf = (file: File) => string

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    // A reader gives a hundred at a time, and an empty list at the end.
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

/** All files of an entry and below it, hidden ones left out. */
async function filesOf(entry: FileSystemEntry, above: string): Promise<GivenFile[]> {
  if (entry.name.startsWith('.')) return []
  const path = `${above}${entry.name}`
  if (isFile(entry)) return [{ path, file: await fileOf(entry) }]
  if (!isFolder(entry)) return []
  const files: GivenFile[] = []
  for (const below of await entriesIn(entry)) files.push(...(await filesOf(below, `${path}/`)))
  return files
}

/**
 * What was dropped; null for what are no files. It must be called within the event, after which the browser forgets
 * them.
 */
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

/** What was chosen in a dialogue for files or for a folder; null where nothing was. */
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

/** Where a folder lies in which a file lies: `/home/me/cats` for `/home/me/cats/a/1.jpg` and `cats/a/1.jpg`. */
export function folderPlace(place: string, relative: string): string {
  const belowFolder = relative.length - relative.indexOf('/')
  return place.slice(0, place.length - belowFolder)
}

/** The set that a file or folder of this name is probably of; null where the name says nothing. */
export function guessedSet(name: string, sets: readonly Pick<DatasetEntry, 'id' | 'fileNames'>[]): string | null {
  const guess = sets.find(({ fileNames }) => fileNames !== null && new RegExp(fileNames, 'i').test(name))
  return guess?.id ?? null
}

/** What a set of a person's own images is called after its folder or archive: the name without its kind. */
export function ownName(name: string): string {
  return name.replace(/\.(zip|tar|tgz|tar\.\w+|rar|csv)$/i, '').slice(0, 80)
}
