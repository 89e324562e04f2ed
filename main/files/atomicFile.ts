import { randomBytes } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { LabError, problem } from '../../core/words/problems.ts'

/** The start of every temporary name, so that leftovers of a crash can be told and removed. */
export const temporaryPrefix = '.writing-'

/** A name beside `target`, unused, for writing before a rename. */
export function temporaryBeside(target: string): string {
  return path.join(path.dirname(target), `${temporaryPrefix}${randomBytes(6).toString('hex')}-${path.basename(target)}`)
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}

/** A failed write as the problem a person reads: a full disk, or what else the system says. */
export function writeProblem(thrown: unknown, target: string): LabError {
  const code = codeOf(thrown)
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  const of = full
    ? problem('disk-full', { detail: path.basename(target) })
    : problem('write-failed', { path: target, detail: code || String(thrown) })
  return new LabError(of, { cause: thrown })
}

/** Makes a rename in this folder survive a power failure. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What is left of chunks of which so many bytes are written. */
function after(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let passed = 0
  return chunks.flatMap((chunk) => {
    const done = Math.min(chunk.length, bytes - passed)
    passed += done
    return done === chunk.length ? [] : [chunk.subarray(done)]
  })
}

/**
 * Writes all of them in one call, and what a short write leaves in further ones: after each the calling thread must
 * come by again, and it may be busy.
 */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  for (let left = after(chunks, 0); left.length > 0;) {
    const { bytesWritten } = await handle.writev(left)
    if (bytesWritten === 0) throw new Error('the system wrote nothing')
    left = after(left, bytesWritten)
  }
}

/**
 * Writes a file whole or not at all: to a temporary name beside it, synced, renamed.
 * @param whileSynced Done in this thread while the disk takes the bytes, which keeps no processor busy.
 * @throws LabError `disk-full` or `write-failed`; the target is as it was.
 */
export async function writeFileAtomically(
  target: string,
  chunks: readonly Uint8Array[],
  whileSynced: () => void = () => undefined,
): Promise<void> {
  const temporary = temporaryBeside(target)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await writeAll(handle, chunks)
      const synced = handle.sync()
      try {
        whileSynced()
      } finally {
        await synced
      }
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
    await syncFolder(path.dirname(target))
  } catch (thrown) {
    // What cannot be removed either (the folder itself is gone) is no news beside why it could not be written.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeProblem(thrown, target)
  }
}
