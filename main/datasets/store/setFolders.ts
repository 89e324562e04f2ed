import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type DatasetForm, formKey, ownForm } from '../../../core/data/dataChoice.ts'
import { temporaryPrefix, writeProblem } from '../../files/atomicFile.ts'
import { restoreReplaced } from '../../files/replaceFolder.ts'
import { renameSync } from '../../platform/rename.ts'

/** The folder of a set in the folder of all sets. */
export function setFolder(folder: string, id: string): string {
  return path.join(folder, id)
}

/** The folder of a set's unfinished downloads, in the folder of all sets. */
export function partialFolder(folder: string, id: string): string {
  return path.join(folder, '.partial', id)
}

/** The folder of a set's collection, in the set's folder. */
export function collectionFolder(set: string): string {
  return path.join(set, 'collection')
}

/** The folder of one of a set's forms, in the set's folder. */
export function formFolder(set: string, form: DatasetForm): string {
  return path.join(set, 'forms', formKey(form))
}

/** Folders of the forms in a set's folder. Their contents are not checked. */
export function formFolders(set: string): string[] {
  const forms = path.join(set, 'forms')
  if (!existsSync(forms)) return []
  return readdirSync(forms, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [path.join(forms, entry.name)] : [],
  )
}

/**
 * Moves the files of a set in the layout of an older lab, directly in the set's folder, to the folder of its own form.
 * The card is moved last: while it is at its old place, the next opening continues the move. The bytes do not change,
 * so the identity that runs refer to does not either.
 */
function moveFirstLayout(set: string): void {
  if (!existsSync(path.join(set, 'card.json'))) return
  const own = formFolder(set, ownForm)
  mkdirSync(own, { recursive: true })
  for (const file of ['train.images', 'train.labels', 'test.images', 'test.labels', 'card.json']) {
    if (existsSync(path.join(set, file))) renameSync(path.join(set, file), path.join(own, file))
  }
}

/**
 * Tidies a folder of sets: completes renames that a crash interrupted, removes half-written files, and moves sets from
 * an older lab's layout.
 * @throws LabError `write-failed`.
 */
export function tidy(folder: string): void {
  if (!existsSync(folder)) return
  try {
    restoreReplaced(folder)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const name = path.join(folder, entry.name)
      if (entry.name.startsWith(temporaryPrefix)) rmSync(name, { recursive: true, force: true })
      else if (entry.isDirectory() && !entry.name.startsWith('.')) {
        moveFirstLayout(name)
        if (existsSync(path.join(name, 'forms'))) restoreReplaced(path.join(name, 'forms'))
      }
    }
  } catch (thrown) {
    // If a file stands in place of the folder, this is reported when a set is written.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOTDIR') return
    throw writeProblem(thrown, folder)
  }
}
