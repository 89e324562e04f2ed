import { pathParts } from '../../describe/pictureOrder.ts'
import { onTwoSides, partNamed, type LabelledPicture } from './labelled.ts'

interface Placed {
  readonly picture: string
  /** The folders that contain it, outermost first. */
  readonly folders: readonly string[]
}

/**
 * Removes outer folders that do not tell pictures apart: the given folder, and every folder that is the only one on its
 * level. Pictures beside such a folder are left out.
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
 * Reads classes from folders: one folder for each class, or `train`, `test` (or `val`, `valid`, `validation`) with such
 * folders inside. Deeper folders belong to the class above them. Pictures beside the class folders have no class and
 * are left out.
 * @returns an empty list if the pictures are in no folders.
 */
export function labelledByFolder(pictures: readonly string[]): LabelledPicture[] {
  const placed = belowShared(pictures)
  // A folder called `train` may also be a class of vehicles. It is a part only if it contains class folders, and if
  // another part or nothing else lies beside it.
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
