import { statfs } from 'node:fs/promises'
import { refuse } from '../../../core/problems.ts'

/**
 * Says before the first byte when the disk cannot hold what comes.
 * @param folder that exists, on the disk in question.
 * @param bytes that are needed.
 * @throws LabError `disk-full`.
 */
export async function checkSpace(folder: string, bytes: number, name: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes) refuse('disk-full', { detail: `${name} (${Math.ceil(bytes / 1e6)} MB)` })
}
