/** A folder with pictures in it or below it. Names are in the composed form of Unicode (NFC), so that they compare. */
export interface Folder {
  readonly name: string
  /** From the first folder of all paths on; that one's path is its name. The root's is empty. */
  readonly path: string
  /** How many folders lie above it. */
  readonly depth: number
  readonly folders: readonly Folder[]
  /** Those directly in it, with their whole paths. */
  readonly pictures: readonly string[]
}

interface GrowingFolder extends Folder {
  readonly folders: GrowingFolder[]
  readonly pictures: string[]
}

function emptyFolder(name: string, path: string, depth: number): GrowingFolder {
  return { name, path, depth, folders: [], pictures: [] }
}

/** The tree of the folders that contain these pictures, with a root that has no name. */
export function folderTree(pictures: Iterable<string>): Folder {
  const root = emptyFolder('', '', 0)
  const byPath = new Map([['', root]])
  const folderAt = (path: string): GrowingFolder => {
    const known = byPath.get(path)
    if (known !== undefined) return known
    const end = path.lastIndexOf('/')
    const above = folderAt(end < 0 ? '' : path.slice(0, end))
    const folder = emptyFolder(path.slice(end + 1), path, above.depth + 1)
    above.folders.push(folder)
    byPath.set(path, folder)
    return folder
  }
  for (const picture of pictures) {
    const end = picture.lastIndexOf('/')
    folderAt(end < 0 ? '' : picture.slice(0, end).normalize('NFC')).pictures.push(picture)
  }
  return root
}

/** All folders below one, those nearer to it first. */
export function foldersBelow(folder: Folder): Folder[] {
  const found = [...folder.folders]
  for (const below of found) for (const one of below.folders) found.push(one)
  return found
}

/** All pictures in a folder and below it. */
export function picturesBelow(folder: Folder): string[] {
  return [folder, ...foldersBelow(folder)].flatMap(({ pictures }) => pictures)
}

/** The path of a picture from a folder above it on. */
export function pathBelow(folder: Folder, picture: string): string {
  return picture.split('/').slice(folder.depth).join('/')
}

/**
 * The folder whose folders tell pictures apart: passes through those that are the only one on their level and contain
 * others.
 */
export function belowShared(folder: Folder): Folder {
  const [only, ...others] = folder.folders
  return others.length > 0 || only === undefined || only.folders.length === 0 ? folder : belowShared(only)
}

/** What was given: the folder that all paths begin with, or the root of an archive that has none. */
export function givenFolder(root: Folder): Folder {
  return root.folders.length === 1 && root.pictures.length === 0 ? root.folders[0] : root
}

/** The path of a folder below another one that contains it. */
export function folderPathBelow(above: Folder, folder: Folder): string {
  return above.path === '' ? folder.path : folder.path.slice(above.path.length + 1)
}
