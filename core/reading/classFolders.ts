import type { FolderImage } from './folderReading.ts'
import { pathBelow, picturesBelow, type Folder } from './folderTree.ts'
import type { Part } from './readingPlan.ts'

/** The folders that hold those beside them once more, as when an archive was unpacked into itself. */
function copiesIn(level: Folder): ReadonlySet<Folder> {
  const names = new Set(level.folders.map(({ name }) => name))
  const alike = level.folders.filter(
    ({ folders }) => folders.length > 1 && folders.every(({ name }) => names.has(name)),
  )
  if (alike.length === 0) return new Set()
  const paths = new Set(picturesBelow(level).map((picture) => pathBelow(level, picture)))
  return new Set(
    alike.filter((folder) => picturesBelow(folder).every((picture) => paths.has(pathBelow(folder, picture)))),
  )
}

/** The pictures of a level whose folders are classes. Deeper folders belong to the class above them. */
export function imagesInClasses(level: Folder, part: Part | null): FolderImage[] {
  const copies = copiesIn(level)
  return level.folders.flatMap((folder) =>
    picturesBelow(folder).map((picture): FolderImage =>
      copies.has(folder)
        ? { picture, className: null, part, repeated: true }
        : { picture, className: folder.name, part },
    ),
  )
}
