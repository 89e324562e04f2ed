import { existsSync } from 'node:fs'
import { open, readdir, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { LabError, refuse } from '../../core/words/problems.ts'
import { rename } from '../platform/rename.ts'
import { syncFolder } from '../platform/syncFolder.ts'
import { temporaryBeside, writeProblem } from './atomicFile.ts'
import { codeOf } from './errorCode.ts'
import { makeFolder } from './makeFolder.ts'

/** Whether there is an empty folder. Refuses anything else that is there. */
async function isEmptyFolder(folder: string): Promise<boolean> {
  try {
    if ((await readdir(folder)).length === 0) return true
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false
    // Either it is a file itself, or a file is where a folder around it should be.
    if (codeOf(thrown) !== 'ENOTDIR' || !existsSync(folder)) throw writeProblem(thrown, folder)
  }
  return refuse('export-folder-taken', { folder })
}

/**
 * Makes a folder whole or not at all: `fill` writes into an unfinished one beside it, which takes its name at the end.
 * Whatever ends this earlier, also who stops listening, leaves nothing behind. What `fill` returns is given once the
 * folder is there.
 * @param folder Absolute path; an empty folder or not there yet.
 * @throws LabError `export-folder-taken`, `disk-full` or `write-failed`, or as `fill` does.
 */
export async function* newFolder<Part, Result>(
  folder: string,
  fill: (unfinished: string) => AsyncGenerator<Part, Result>,
): AsyncGenerator<Part, Result> {
  await isEmptyFolder(folder)
  const unfinished = temporaryBeside(folder)
  try {
    await makeFolder(unfinished)
    const result = yield* fill(unfinished)
    await syncFolder(unfinished)
    // No system can rename onto a folder in every case.
    if (await isEmptyFolder(folder)) await rmdir(folder)
    await rename(unfinished, folder)
    await syncFolder(path.dirname(folder))
    return result
  } catch (thrown) {
    throw thrown instanceof LabError ? thrown : writeProblem(thrown, folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** The content of a file, behind each other. */
type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Bytes that are written before it is told how far that is: few, because events of a long run are slow to make. */
const atOnce = 1024 * 1024

/** Pieces in groups of at least so many bytes, the last one excepted. */
async function* groups(pieces: Pieces): AsyncGenerator<Uint8Array[]> {
  let group: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    // A large tensor is written in parts.
    for (let from = 0; from < piece.length; from += atOnce) {
      const part = piece.subarray(from, from + atOnce)
      group.push(part)
      bytes += part.length
      if (bytes < atOnce) continue
      yield group
      group = []
      bytes = 0
    }
  }
  if (bytes > 0) yield group
}

/**
 * Writes a new file and syncs it. Gives the bytes of each part that is written.
 * @throws LabError `disk-full` or `write-failed`.
 */
export async function* writeNewFile(file: string, pieces: Pieces): AsyncGenerator<number> {
  try {
    await makeFolder(path.dirname(file))
    const handle = await open(file, 'wx')
    try {
      for await (const group of groups(pieces)) {
        const whole = Buffer.concat(group)
        await handle.writeFile(whole)
        yield whole.length
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    throw thrown instanceof LabError ? thrown : writeProblem(thrown, file)
  }
}
