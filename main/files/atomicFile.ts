import { randomBytes } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { LabError, problem } from '../../core/words/problems.ts'
import { rename } from '../platform/rename.ts'
import { syncFolder } from '../platform/syncFolder.ts'
import { codeOf } from './errorCode.ts'

/** Prefix of all temporary names, so that leftovers of a crash can be recognised and removed. */
export const temporaryPrefix = '.writing-'

/** An unused name next to `target`, to write to before a rename. */
export function temporaryBeside(target: string): string {
  return path.join(path.dirname(target), `${temporaryPrefix}${randomBytes(6).toString('hex')}-${path.basename(target)}`)
}

/** Turns a failed write into a problem that a person can read: a full disk, or the system's own message. */
export function writeProblem(thrown: unknown, target: string): LabError {
  const code = codeOf(thrown)
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  const of = full
    ? problem('disk-full', { detail: path.basename(target) })
    : problem('write-failed', { path: target, detail: code || String(thrown) })
  return new LabError(of, { cause: thrown })
}

/** What remains of the chunks after `bytes` bytes are written. */
function after(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let passed = 0
  return chunks.flatMap((chunk) => {
    const done = Math.min(chunk.length, bytes - passed)
    passed += done
    return done === chunk.length ? [] : [chunk.subarray(done)]
  })
}

/**
 * Writes all chunks in one call, and the rest after a short write in further calls. Each extra call needs another turn
 * of the calling thread, which may be busy.
 */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  for (let left = after(chunks, 0); left.length > 0;) {
    const { bytesWritten } = await handle.writev(left)
    if (bytesWritten === 0) throw new Error('the system wrote nothing')
    left = after(left, bytesWritten)
  }
}

/**
 * Writes a file whole or not at all: to a temporary name next to it, synced, renamed.
 * @param whileSynced Work to do in this thread while the disk syncs, which leaves the processor idle.
 * @throws LabError `disk-full` or `write-failed`; the target is unchanged.
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
    // A temporary file that cannot be removed either (its folder may be gone) matters less than the original failure.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeProblem(thrown, target)
  }
}
