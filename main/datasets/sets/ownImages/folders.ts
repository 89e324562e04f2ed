import { pathParts } from '../../describe/pictureOrder.ts'
import { onTwoSides, partNamed, type LabelledPicture } from './labelled.ts'

interface Placed {
  readonly picture: string
  /** Folders that it lies in. */
  readonly folders: readonly string[]
}

/**
 * Takes away the folders around those that tell pictures apart: the given one, and any that is the only one beside at
 * most some pictures.
 */
function belowShared(pictures: readonly string[]): readonly Placed[] {
  let placed: readonly Placed[] = pictures.map((picture) => ({ picture, folders: pathParts(picture).slice(0, -1) }))
  for (;;) {
    const inFolders = placed.filter(({ folders }) => folders.length > 0)
    const shared =
      new Set(inFolders.map(({ folders }) => folders[0])).size === 1 &&
      inFolders.some(({ folders }) => folders.length > 1)
    if (!shared) return placed
    placed = inFolders.map(({ picture, folders }) => ({ picture, folders: folders.slice(1) }))
  }
}

/**
 * Reads classes off folders: one folder a class, or `train`, `test` (or `val`, `valid`, `validation`) with such folders
 * inside. Folders deeper down belong to the class above them; pictures beside the class folders belong to none and are
 * left out.
 * @returns nothing where the pictures are in no folders.
 */
export function labelledByFolder(pictures: readonly string[]): LabelledPicture[] {
  const placed = belowShared(pictures)
  // A folder called `train` is a part only where class folders lie in it and another part, or nothing else, lies beside
  // it: it may be a class of vehicles too.
  const parted = placed.flatMap(({ picture, folders }) => {
    const part = folders.length > 1 ? partNamed(folders[0]) : null
    return part === null ? [] : [{ picture, part, className: folders[1] }]
  })
  const parts = new Set(parted.map(({ part }) => part))
  const nothingElse = placed.every(({ folders }) => folders.length > 0 && partNamed(folders[0]) !== null)
  if (parts.has('train') && (parts.size > 1 || nothingElse)) return onTwoSides(parted)
  return placed.flatMap(({ picture, folders }) =>
    folders.length === 0 ? [] : [{ picture, className: folders[0], split: 'train' }],
  )
}
