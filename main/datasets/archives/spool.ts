import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { refuse } from '../../../core/words/problems.ts'
import { writeProblem } from '../../files/atomicFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import type { Bytes } from './byteStream.ts'

/** Runs `use` with a folder of its own inside `temporary`, and removes it afterwards. */
export async function* inTemporaryFolder<Result>(
  temporary: string,
  use: (folder: string) => AsyncIterable<Result>,
): AsyncGenerator<Result> {
  const refuseToWrite = (thrown: unknown): never => {
    throw writeProblem(thrown, temporary)
  }
  await makeFolder(temporary).catch(refuseToWrite)
  const folder = await mkdtemp(path.join(temporary, 'unpacked-')).catch(refuseToWrite)
  try {
    yield* use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Writes a stream to a file, for nested archives that need random access.
 * @param expected size in bytes, as far as it is known.
 * @param check called with the number of bytes so far; throws when there are too many.
 * @throws LabError `disk-full` (before the first byte, where the size is known) or `write-failed`.
 */
export async function spool(
  bytes: Bytes,
  file: string,
  expected: number,
  check: (length: number) => void,
): Promise<void> {
  check(expected)
  const { bavail, bsize } = await statfs(path.dirname(file))
  if (bavail * bsize < expected)
    refuse('disk-full', { detail: `${path.basename(file)} (${Math.ceil(expected / 1e6)} MB)` })
  const handle = await open(file, 'wx')
  try {
    let length = 0
    for await (const piece of bytes) {
      length += piece.byteLength
      check(length)
      await handle.writeFile(piece).catch((thrown: unknown) => {
        throw writeProblem(thrown, file)
      })
    }
  } finally {
    await handle.close()
  }
}
