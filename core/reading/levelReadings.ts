import { imagesInClasses } from './classFolders.ts'
import type { FolderImage } from './folderReading.ts'
import { belowShared, picturesBelow, type Folder } from './folderTree.ts'
import { gluedParts, imagesInGlued } from './gluedParts.ts'
import { classesIn, classesInEach, classesInParts, imagesInParts, type PartedFolder } from './partClasses.ts'
import { imagesOfLevel, trainedBeside } from './partImages.ts'
import { allParts, kindsOf, labelled, neverClass, partLevel, tellApart, type PartLevel } from './partLevel.ts'
import { partNamed, saysNothing } from './partNames.ts'

/** A way to read the folders of a level. */
export interface LevelReading {
  readonly kind: 'parts' | 'classes'
  /** Those that a folder says something of. */
  readonly images: readonly FolderImage[]
  readonly parts: readonly PartedFolder[]
}

function asParts(level: Folder, found: PartLevel): LevelReading {
  return { kind: 'parts', images: imagesOfLevel(level, found), parts: allParts(found) }
}

/** All folders of the level as classes. A single one must say what is on its images. */
function asClasses(level: Folder): LevelReading {
  const [first, ...others] = level.folders
  const says = others.length > 0 || (partNamed(first.name) === null && !saysNothing(first.name))
  return { kind: 'classes', images: says ? imagesInClasses(level, null) : [], parts: [] }
}

/** Whether folders called `train` and `test` are parts of one set: they share a class, or several are trained on. */
function partsOfOneSet(parts: readonly PartedFolder[]): boolean {
  const kinds = kindsOf(parts)
  if (kinds.size < 2 || !kinds.has('train')) return false
  const classes = classesInParts(parts)
  const names = [...classes.values()].flatMap((ofPart) => [...ofPart])
  return (classes.get('train')?.size ?? 0) > 1 || new Set(names).size < names.length
}

/** Whether all classes inside the parts lie beside them too: `cat`, `dog` and `test/cat`, `test/dog`. */
function classesBeside(level: Folder, found: PartLevel): boolean {
  const beside = new Set(trainedBeside(level, found)?.folders.map(({ name }) => name))
  const inside = [...classesIn(labelled(found.here))]
  return inside.length > 0 && inside.every((name) => beside.has(name))
}

function surelyParts(level: Folder, found: PartLevel): boolean {
  const here = labelled(found.here)
  return found.beside.length === 0 || here.some(neverClass) || partsOfOneSet(here) || classesBeside(level, found)
}

/** Whether folders that may be classes as well can be parts of a set with at least two classes. */
function perhapsParts(level: Folder, found: PartLevel): boolean {
  const kinds = kindsOf(found.here)
  if (kinds.size > 1) return true
  if (kinds.has('train')) return classesIn(found.here).size > 1
  return (trainedBeside(level, found)?.folders.length ?? 0) > 1
}

/** Some folders are called as parts are, and perhaps others lie beside them. */
function besideParts(level: Folder, found: PartLevel): readonly LevelReading[] {
  if (surelyParts(level, found)) return [asParts(level, found)]
  if (!perhapsParts(level, found)) return [asClasses(level)]
  // A lone `train` among several others is likelier a class of vehicles.
  const kinds = kindsOf(found.here)
  const vehicle = kinds.size === 1 && kinds.has('train') && found.beside.length > 1
  const readings = [asParts(level, found), asClasses(level)]
  return vehicle ? readings.toReversed() : readings
}

/** Parts lie only inside other folders: those are the classes, or sets side by side. */
function insideOthers(level: Folder, found: PartLevel): readonly LevelReading[] {
  const parts = allParts(found)
  if (!tellApart(parts)) return [asClasses(level)]
  const sides = found.holders.some((holder) => kindsOf(holder.parts).size > 1)
  const above = found.beside.length === 0 && sides && classesIn(parts).size === 0
  return above ? [asParts(level, found)] : [asParts(level, found), asClasses(level)]
}

/**
 * No folder is called as a part is. If all have the same folders inside, more of them than there are folders, those may
 * be the classes: `amazon`, `webcam`, each with `bag`, `bike`, `desk`.
 */
function withoutNames(level: Folder): readonly LevelReading[] {
  const glued = gluedParts(level)
  if (glued !== null) return [{ kind: 'parts', images: imagesInGlued(glued), parts: glued }]
  const sets = level.folders.map((folder): PartedFolder => ({ folder, part: 'train' }))
  const [first, ...others] = classesInEach(sets)
  const shared = [...first.names].filter((name) => others.every(({ names }) => names.has(name)))
  if (shared.length <= sets.length) return [asClasses(level)]
  return [{ kind: 'parts', images: imagesInParts(sets), parts: sets }, asClasses(level)]
}

/** Folders without labels lie beside folders that are no parts: the others are read as if they were alone. */
function besideUnlabelled(level: Folder, found: PartLevel): readonly LevelReading[] {
  const unlabelled = found.here.filter(({ part }) => part === 'unlabelled')
  const set = new Set(unlabelled.map(({ folder }) => folder))
  const rest = { ...level, folders: level.folders.filter((folder) => !set.has(folder)) }
  const readings = levelReadings(rest)
  const left = unlabelled
    .flatMap(({ folder }) => picturesBelow(folder))
    .map((picture): FolderImage => ({ picture, className: null, part: 'unlabelled' }))
  return readings.map(({ kind, images, parts }) =>
    kind === 'classes' && readings.length > 1
      ? { kind, images, parts }
      : {
          kind: 'parts',
          images: [...(kind === 'parts' ? images : trained(images)), ...left],
          parts: [...parts, ...unlabelled],
        },
  )
}

function trained(images: readonly FolderImage[]): readonly FolderImage[] {
  return images.map((image) => ({ ...image, part: 'train' }))
}

/**
 * The ways in which the folders inside a folder can be read, the likelier first; none if it has no folders. Outer
 * folders that do not tell pictures apart are passed through.
 */
export function levelReadings(folder: Folder): readonly LevelReading[] {
  const level = belowShared(folder)
  if (level.folders.length === 0) return []
  if (level.folders.length === 1) return [asClasses(level)]
  const found = partLevel(level)
  const named = labelled(found.here).length
  if (named < found.here.length && found.holders.length + found.beside.length > 0) return besideUnlabelled(level, found)
  if (found.here.length > 0) return besideParts(level, found)
  return found.holders.length > 0 ? insideOthers(level, found) : withoutNames(level)
}
