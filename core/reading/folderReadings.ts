import type { FolderImage, FolderReading, PartFolder } from './folderReading.ts'
import { folderPathBelow, folderTree, givenFolder, type Folder } from './folderTree.ts'
import { levelReadings, type LevelReading } from './levelReadings.ts'
import { withoutMasks } from './masks.ts'
import { imagesInParts, type PartedFolder } from './partClasses.ts'
import type { ReadingWishes } from './readingWishes.ts'
import { wishedParts } from './wishedFolders.ts'

type FolderWishes = Pick<ReadingWishes, 'train' | 'test' | 'partsFrom'>

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/**
 * A part alone tells nothing apart: what is only called `test` is divided by seed. Beside images without labels it is
 * what is trained on.
 */
function withoutLonePart({ images, parts, kind }: LevelReading): LevelReading {
  const kinds = new Set(images.flatMap(({ part }) => part ?? []))
  const among = kinds.delete('unlabelled') ? 'train' : null
  if (kinds.size !== 1 || kinds.has('train')) return { images, parts, kind }
  return {
    kind,
    images: images.map((image) => (image.part === 'unlabelled' ? image : { ...image, part: among })),
    parts: parts.filter(({ part }) => part === 'unlabelled'),
  }
}

function withoutParts({ images, kind }: LevelReading): LevelReading {
  return { kind, images: images.map((image) => ({ ...image, part: null })), parts: [] }
}

/** The readings that a person's wish leaves. Where folders can only be parts, `seed` merges them. */
function wishedReadings(
  readings: readonly LevelReading[],
  partsFrom: ReadingWishes['partsFrom'],
): readonly LevelReading[] {
  if (partsFrom !== 'seed' && partsFrom !== 'folders') return readings
  const kind = partsFrom === 'seed' ? 'classes' : 'parts'
  const wished = readings.filter((reading) => reading.kind === kind)
  const left = wished.length === 0 ? readings : wished
  return partsFrom === 'seed' ? left.map(withoutParts) : left
}

/** What is not called test is trained on, if a person has named only the test images. */
function trainedRest(pictures: readonly string[], tested: readonly FolderImage[]): readonly FolderImage[] {
  const test = new Set(tested.map(({ picture }) => picture))
  const rest = folderTree(pictures.filter((picture) => !test.has(picture)))
  const [reading] = levelReadings(withoutMasks(rest))
  return (reading?.images ?? []).map((image): FolderImage =>
    image.part === 'unlabelled' ? image : { ...image, part: 'train' },
  )
}

function namedReading(pictures: readonly string[], root: Folder, wishes: FolderWishes): LevelReading {
  const parts = wishedParts(root, wishes).map(({ folder, part }) => ({ folder: withoutMasks(folder), part }))
  const images = imagesInParts(parts)
  const rest = wishes.train === undefined ? trainedRest(pictures, images) : []
  return { kind: 'parts', images: [...rest, ...images], parts }
}

function partFolders(given: Folder, parts: readonly PartedFolder[]): PartFolder[] {
  return parts
    .map(({ folder, part }) => ({ folder: folderPathBelow(given, folder), part }))
    .sort((one, other) => compare(one.folder, other.folder))
}

function allImages(pictures: readonly string[], told: readonly FolderImage[]): FolderImage[] {
  const byPicture = new Map(told.map((image) => [image.picture, image]))
  return pictures.map((picture) => byPicture.get(picture) ?? { picture, className: null, part: null })
}

/**
 * The ways in which the folders around pictures tell their classes and parts, the likelier first. No files are opened.
 * @param pictures their paths with `/`, in any order; the result does not depend on it.
 * @param wishes `train` and `test` name part folders, and no other folder is a part then; if only `test` is named, all
 * else is trained on. `partsFrom` decides between folders as parts and as classes.
 * @returns an empty list if the pictures are in no folders.
 * @throws `reading-folder-unknown`, `reading-folder-twice` for folders that a person named.
 */
export function folderReadings(pictures: readonly string[], wishes: FolderWishes = {}): readonly FolderReading[] {
  const sorted = pictures.toSorted(compare)
  const root = folderTree(sorted)
  const named = wishes.train !== undefined || wishes.test !== undefined
  const readings = named
    ? [namedReading(sorted, root, wishes)]
    : wishedReadings(levelReadings(withoutMasks(root)).map(withoutLonePart), wishes.partsFrom)
  const given = givenFolder(root)
  return readings.map(({ kind, images, parts }) => ({
    images: allImages(sorted, images),
    partFolders: partFolders(given, parts),
    wishes: readings.length < 2 ? {} : { partsFrom: kind === 'parts' ? 'folders' : 'seed' },
  }))
}
