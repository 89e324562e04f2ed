import { imagesInClasses } from './classFolders.ts'
import type { FolderImage } from './folderReading.ts'
import { belowShared, pathBelow, picturesBelow, type Folder } from './folderTree.ts'
import { classesIn, imagesInParts } from './partClasses.ts'
import { allParts, kindsOf, type PartLevel } from './partLevel.ts'

/**
 * The folders beside parts that must be what is trained on, because no part is: `cat` and `dog` beside `test_images`.
 * @returns null if a part is trained on, or if nothing lies beside.
 */
export function trainedBeside(level: Folder, found: PartLevel): Folder | null {
  const parts = allParts(found)
  if (kindsOf(parts).has('train') || found.beside.length === 0) return null
  const around = { ...level, folders: found.beside }
  return classesIn(parts).has(found.beside[0].name) ? around : belowShared(around)
}

/** The pictures of parts that lie a second time in a copy of the level below it, such as `archive/archive`. */
function repeatedPictures(level: Folder, { here, holders }: PartLevel): ReadonlySet<string> {
  if (holders.length === 0) return new Set()
  const paths = new Set(here.flatMap(({ folder }) => picturesBelow(folder)).map((picture) => pathBelow(level, picture)))
  const copies = holders.map((holder) => ({
    around: holder.level,
    pictures: holder.parts.flatMap(({ folder }) => picturesBelow(folder)),
  }))
  return new Set(
    copies.flatMap(({ around, pictures }) =>
      pictures.every((picture) => paths.has(pathBelow(around, picture))) ? pictures : [],
    ),
  )
}

/** The pictures of a level whose folders are parts. What lies beside parts is left out. */
export function imagesOfLevel(level: Folder, found: PartLevel): FolderImage[] {
  const repeated = repeatedPictures(level, found)
  const inParts = imagesInParts(allParts(found)).map((image): FolderImage =>
    repeated.has(image.picture) ? { ...image, className: null, repeated: true } : image,
  )
  const beside = trainedBeside(level, found)
  return beside === null ? inParts : [...inParts, ...imagesInClasses(beside, 'train')]
}
