import { partsOf } from '../pictures/placed.ts'
import { onTwoSides, partNamed, type LabelledPicture } from './labelled.ts'

interface Placed {
  readonly picture: string
  /** Folders that it lies in, below those that all pictures share. */
  readonly folders: readonly string[]
}

/** Takes away the folders that all pictures share: the given one, and those around or inside it that hold nothing else. */
function belowCommon(pictures: readonly string[]): Placed[] {
  const all = pictures.map((picture) => ({ picture, folders: partsOf(picture).slice(0, -1) }))
  let common = 0
  while (all.every(({ folders }) => common < folders.length && folders[common] === all[0].folders[common])) common++
  return all.map(({ picture, folders }) => ({ picture, folders: folders.slice(common) }))
}

/**
 * Reads classes off folders: one folder a class, or `train`, `test` (or `val`, `valid`, `validation`) with such folders inside. Folders deeper down belong to the class above them;
 * pictures beside the class folders belong to none and are left out.
 * @returns nothing where no folders tell pictures apart.
 */
export function labelledByFolder(pictures: readonly string[]): LabelledPicture[] {
  if (pictures.length === 0) return []
  const placed = belowCommon(pictures)
  // A folder called `train` is a part only where class folders lie in it and another part, or nothing else, lies beside it: it may be a class of vehicles too.
  const parted = placed.flatMap(({ picture, folders }) => {
    const part = folders.length > 1 ? partNamed(folders[0]) : null
    return part === null ? [] : [{ picture, part, className: folders[1] }]
  })
  const parts = new Set(parted.map(({ part }) => part))
  const nothingElse = placed.every(({ folders }) => folders.length > 0 && partNamed(folders[0]) !== null)
  if (parts.has('train') && (parts.size > 1 || nothingElse)) return onTwoSides(parted)
  return placed.flatMap(({ picture, folders }) => (folders.length === 0 ? [] : [{ picture, className: folders[0], split: 'train' }]))
}

/** The folder that all pictures lie in, where it is one; it is the name of their only class. */
export function onlyFolder(pictures: readonly string[]): string | null {
  const folders = new Set(pictures.map((picture) => partsOf(picture).slice(0, -1).join('/')))
  const [folder] = folders
  return folders.size === 1 && folder !== '' ? (partsOf(folder).at(-1) ?? null) : null
}
