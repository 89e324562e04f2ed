import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { type DatasetForm, formKey, ownForm } from '../../core/dataChoice.ts'

/** The folder of a set in the folder of all sets. */
export function setFolder(folder: string, id: string): string {
  return path.join(folder, id)
}

/** The folder of one of a set's forms. */
export function formFolder(folder: string, id: string, form: DatasetForm): string {
  return path.join(setFolder(folder, id), 'forms', formKey(form))
}

/** Names of the forms of a set that have a folder, whatever is in it. */
export function formFolders(folder: string, id: string): string[] {
  const forms = path.join(setFolder(folder, id), 'forms')
  return existsSync(forms) ? readdirSync(forms).filter((name) => !name.startsWith('.')) : []
}

/**
 * Moves the files of a set that lie as an older lab put them, directly in the set's folder, to where the set's own form lies now. The card goes last: as long as it is
 * at its old place the move is not over, and the next opening goes on with it. The bytes stay the same, and so does the identity that runs know.
 */
export function moveFirstLayout(folder: string, id: string): void {
  const old = setFolder(folder, id)
  if (!existsSync(path.join(old, 'card.json'))) return
  const own = formFolder(folder, id, ownForm)
  mkdirSync(own, { recursive: true })
  for (const file of ['train.images', 'train.labels', 'test.images', 'test.labels', 'card.json']) {
    if (existsSync(path.join(old, file))) renameSync(path.join(old, file), path.join(own, file))
  }
}
