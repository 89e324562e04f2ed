import type { Folder } from './folderTree.ts'
import { partNamed, saysNothing } from './partNames.ts'

/** What folders are called that hold drawings of where things are on the images beside them. */
const wordsOfMasks =
  /(?<!\p{L})(masks?|annotations?|labels?|trimaps?|ground[ _-]?truth|gt|маск[аи]|разметка)(?!\p{L})/iu

/** Whether a folder holds masks, as `masks` beside `images` or `train_masks` beside `train`. `mask` may be a class. */
function holdsMasks({ name }: Folder, beside: readonly Folder[]): boolean {
  const rest = name.replace(wordsOfMasks, '')
  if (rest === name) return false
  const part = partNamed(rest)
  if (part !== null) return beside.some((other) => partNamed(other.name) === part)
  return !/[\p{L}\p{N}]/u.test(rest) && beside.some((other) => saysNothing(other.name))
}

/** A folder without the masks that lie somewhere in it beside their images: they are no images to learn from. */
export function withoutMasks(folder: Folder): Folder {
  const left = folder.folders.filter((one) => !holdsMasks(one, folder.folders)).map(withoutMasks)
  const changed = left.length < folder.folders.length || left.some((one, index) => one !== folder.folders[index])
  return changed ? { ...folder, folders: left } : folder
}
