import type { Part } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** What the folders around a picture say of it. */
export interface FolderImage {
  readonly picture: string
  /** Null where no folder says it: directly in a part, or beside the class folders. */
  readonly className: string | null
  /** Null where no folders are parts, or where it lies beside them. */
  readonly part: Part | null
  /** It lies a second time under the same path in a copy of the folders, so that it has no class here. */
  readonly repeated?: true
}

/** A folder that is a part: its path below the given folder, with `/`. */
export interface PartFolder {
  readonly folder: string
  readonly part: Part
}

/** One way in which folders tell the classes and parts of pictures. */
export interface FolderReading {
  /** All pictures, sorted by path. */
  readonly images: readonly FolderImage[]
  /** Sorted by path. Empty: each run draws its test images. */
  readonly partFolders: readonly PartFolder[]
  /** The wishes that lead to this reading and no other; empty where it is the only one. */
  readonly wishes: ReadingWishes
}
