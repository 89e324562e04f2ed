import type { FolderImage } from './folderReading.ts'
import { picturesBelow, type Folder } from './folderTree.ts'
import { partNamed, saysNothing } from './partNames.ts'
import type { Part } from './readingPlan.ts'

/** A folder that is a part. */
export interface PartedFolder {
  readonly folder: Folder
  readonly part: Part
}

interface InsidePart extends PartedFolder {
  /** The folders whose folders are classes: the part itself, or what it wraps, as in `seg_train/seg_train`. */
  readonly around: readonly Folder[]
}

/** For each part, the names of all folders directly in it. */
type FolderNames = ReadonlyMap<Part, ReadonlySet<string>>

function folderNames(parts: readonly PartedFolder[]): FolderNames {
  const names = new Map<Part, Set<string>>()
  for (const { folder, part } of parts) {
    const ofPart = names.get(part) ?? new Set()
    names.set(part, ofPart)
    for (const { name } of folder.folders) ofPart.add(name)
  }
  return names
}

/**
 * Passes through folders that repeat the part's name and single ones that say nothing, such as `train/images`. A folder
 * `train/train` is a class where another part has one of that name.
 */
function unwrapped(folder: Folder, part: Part, names: FolderNames): readonly Folder[] {
  const { folders } = folder
  const isElsewhere = (name: string): boolean => [...names].some(([other, of]) => other !== part && of.has(name))
  const repeats = folders.every(({ name }) => partNamed(name) === part && !isElsewhere(name))
  const wraps = folders.length === 1 && saysNothing(folders[0].name)
  if (folders.length === 0 || !(repeats || wraps)) return [folder]
  return folders.flatMap((inner) => unwrapped(inner, part, names))
}

/** Passes through a folder that is the only one in every part under the same name, if it contains several others. */
function belowSameWrapper(parts: readonly InsidePart[]): readonly InsidePart[] {
  const filled = parts.flatMap(({ around }) => around).filter(({ folders }) => folders.length > 0)
  const wrappers = new Set(filled.flatMap(({ folders }) => folders.map(({ name }) => name)))
  const inside = new Set(filled.flatMap(({ folders }) => folders[0].folders.map(({ name }) => name)))
  if (wrappers.size !== 1 || inside.size < 2) return parts
  return belowSameWrapper(
    parts.map(({ folder, part, around }) => ({
      folder,
      part,
      around: around.flatMap((one) => (one.folders.length === 0 ? one : one.folders)),
    })),
  )
}

function insideParts(parts: readonly PartedFolder[]): readonly InsidePart[] {
  const labelled = parts.filter(({ part }) => part !== 'unlabelled')
  const names = folderNames(labelled)
  return belowSameWrapper(
    labelled.map(({ folder, part }) => ({ folder, part, around: unwrapped(folder, part, names) })),
  )
}

function isClass({ name }: Folder): boolean {
  return partNamed(name) !== 'unlabelled'
}

/** The names of the class folders inside each part folder that can have labels. */
export function classesInEach(
  parts: readonly PartedFolder[],
): readonly { readonly part: Part; readonly names: ReadonlySet<string> }[] {
  return insideParts(parts).map(({ part, around }) => ({
    part,
    names: new Set(around.flatMap(({ folders }) => folders.filter(isClass).map(({ name }) => name))),
  }))
}

/** The same for each part. */
export function classesInParts(parts: readonly PartedFolder[]): ReadonlyMap<Part, ReadonlySet<string>> {
  const classes = new Map<Part, Set<string>>()
  for (const { part, names } of classesInEach(parts)) {
    const ofPart = classes.get(part) ?? new Set()
    classes.set(part, ofPart)
    for (const name of names) ofPart.add(name)
  }
  return classes
}

/** The same for all parts together. */
export function classesIn(parts: readonly PartedFolder[]): ReadonlySet<string> {
  return new Set([...classesInParts(parts).values()].flatMap((names) => [...names]))
}

/**
 * The folders that part folders lie in, where those are the classes: `cat/train`, `cat/test`, `dog/train`. Each is the
 * first below what all share.
 * @returns null for a part folder that lies in no such folder.
 */
function foldersAbove(parts: readonly PartedFolder[]): ReadonlyMap<PartedFolder, string | null> {
  const paths = parts.map(({ folder }) => folder.path.split('/'))
  let shared = 0
  while (paths.length > 0 && paths.every((path) => path.length > shared + 1 && path[shared] === paths[0][shared]))
    shared++
  return new Map(parts.map((part, index) => [part, paths[index].length > shared + 1 ? paths[index][shared] : null]))
}

function classesAbove(parts: readonly PartedFolder[]): ReadonlyMap<PartedFolder, string | null> {
  const above = foldersAbove(parts.filter(({ part }) => part !== 'unlabelled'))
  const several = new Set(above.values()).size > 1 && ![...above.values()].includes(null)
  return several && classesIn(parts).size === 0 ? above : new Map()
}

/**
 * The pictures in part folders. Their class is the folder inside the part, or, where no part has such folders, the one
 * above it. A part folder that lies inside another one comes after it and decides.
 */
export function imagesInParts(parts: readonly PartedFolder[]): FolderImage[] {
  const above = classesAbove(parts)
  const images = new Map<string, FolderImage>()
  const add = (folder: Folder, className: string | null, part: Part): void => {
    for (const picture of picturesBelow(folder)) images.set(picture, { picture, className, part })
  }
  const around = new Map(insideParts(parts).map((inside) => [inside.folder, inside.around]))
  for (const parted of parts.toSorted((one, other) => one.folder.depth - other.folder.depth)) {
    add(parted.folder, above.get(parted) ?? null, parted.part)
    for (const inner of around.get(parted.folder)?.flatMap(({ folders }) => folders) ?? []) {
      if (isClass(inner)) add(inner, inner.name, parted.part)
      else add(inner, null, 'unlabelled')
    }
  }
  return [...images.values()]
}
