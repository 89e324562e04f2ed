import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'

async function isFolder(name: string): Promise<boolean> {
  const found = await stat(name).catch(() => null) // If it cannot be inspected, creating it gives a better error.
  return found?.isDirectory() === true
}

/**
 * Creates a folder and its missing parents. Does not use Node's own `recursive`, which loops forever when a system
 * answers ENOENT below an existing folder, as `/proc` does.
 * @throws the system's error, for `writeProblem`.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return
  const above = path.dirname(folder)
  if (above !== folder) await makeFolder(above)
  await mkdir(folder).catch(async (thrown: unknown) => {
    // Another process may have created it in the meantime.
    if (!(await isFolder(folder))) throw thrown
  })
}
