import type { Folder } from './folderTree.ts'
import { classesIn, type PartedFolder } from './partClasses.ts'
import { mayNameClass, partNamed } from './partNames.ts'
import type { Part } from './readingPlan.ts'

/** A folder on a level that is no part but contains parts. */
export interface PartsHolder {
  /** The folder in it that the parts lie in. */
  readonly level: Folder
  readonly parts: readonly PartedFolder[]
}

/** The folders of one level, as their names tell parts. */
export interface PartLevel {
  /** Those that are called as parts are. */
  readonly here: readonly PartedFolder[]
  readonly holders: readonly PartsHolder[]
  /** All others. */
  readonly beside: readonly Folder[]
}

/** All part folders of a level: those on it and those in other folders. */
export function allParts({ here, holders }: PartLevel): readonly PartedFolder[] {
  return [...here, ...holders.flatMap(({ parts }) => parts)]
}

/** The parts that can have labels. */
export function labelled(parts: readonly PartedFolder[]): readonly PartedFolder[] {
  return parts.filter(({ part }) => part !== 'unlabelled')
}

export function kindsOf(parts: readonly PartedFolder[]): ReadonlySet<Part> {
  return new Set(labelled(parts).map(({ part }) => part))
}

export function neverClass({ folder }: PartedFolder): boolean {
  return !mayNameClass(folder.name)
}

/** Passes through single folders, but not through parts. */
function belowSingle(folder: Folder): Folder {
  const [only, ...others] = folder.folders
  if (only === undefined || others.length > 0 || partNamed(only.name) !== null) return folder
  return belowSingle(only)
}

/** What a folder holds, if all in it are parts or some can be nothing else. */
function partsHeld(folder: Folder): PartsHolder | null {
  const level = belowSingle(folder)
  const found = partLevel(level)
  const parts = allParts(found)
  const sure = found.beside.length === 0 || labelled(found.here).some(neverClass)
  return sure && labelled(parts).length > 0 ? { level, parts } : null
}

/** Sorts the folders of a level into parts, folders that hold parts, and others. */
export function partLevel({ folders }: Folder): PartLevel {
  const here: PartedFolder[] = []
  const holders: PartsHolder[] = []
  const beside: Folder[] = []
  for (const folder of folders) {
    const part = partNamed(folder.name)
    const held = part === null ? partsHeld(folder) : null
    if (part !== null) here.push({ folder, part })
    else if (held !== null) holders.push(held)
    else beside.push(folder)
  }
  return { here, holders, beside }
}

/** Whether folders that are all called as parts are tell anything: a single `rail/train` is a class with a subfolder. */
export function tellApart(parts: readonly PartedFolder[]): boolean {
  return kindsOf(parts).size > 1 || labelled(parts).some(neverClass) || classesIn(parts).size > 1
}
