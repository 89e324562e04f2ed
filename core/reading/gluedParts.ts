import type { FolderImage } from './folderReading.ts'
import { picturesBelow, type Folder } from './folderTree.ts'
import type { PartedFolder } from './partClasses.ts'
import { partNamed } from './partNames.ts'

/** A folder whose name says both a part and a class: `train_cats`, `dogs-test`, `trainA`. */
export interface GluedFolder extends PartedFolder {
  readonly className: string
}

const firstWord = /^(?<word>\p{L}+?)(?:[\s._-]+|(?<=\p{Ll})(?=\p{Lu}))(?<rest>.+)$/u
const lastWord = /^(?<rest>.+)[\s._-]+(?<word>\p{L}+)$/u

function glued(folder: Folder): GluedFolder | null {
  for (const form of [firstWord, lastWord]) {
    const { word, rest } = form.exec(folder.name)?.groups ?? {}
    const part = partNamed(word ?? '')
    if (part !== null && part !== 'unlabelled') return { folder, part, className: rest }
  }
  return null
}

function classesOf(folders: readonly GluedFolder[]): Set<string> {
  return new Set(folders.map(({ className }) => className))
}

/**
 * Reads the names of a level's folders as parts with classes. They are so if all are, if there are several classes that
 * are trained on, and if no other part has other classes: a lone `train_station` is none.
 */
export function gluedParts({ folders }: Folder): readonly GluedFolder[] | null {
  const found = folders.flatMap((folder) => glued(folder) ?? [])
  const trained = classesOf(found.filter(({ part }) => part === 'train'))
  const others = classesOf(found.filter(({ part }) => part !== 'train'))
  const whole = found.length === folders.length && [...others].every((name) => trained.has(name))
  return whole && trained.size > 1 && others.size > 0 ? found : null
}

export function imagesInGlued(folders: readonly GluedFolder[]): FolderImage[] {
  return folders.flatMap(({ folder, part, className }) =>
    picturesBelow(folder).map((picture) => ({ picture, className, part })),
  )
}
