import { statfs } from 'node:fs/promises'
import { refuse } from '../../../core/words/problems.ts'

/**
 * Refuses a job before its first byte if the disk has too little space.
 * @param folder an existing one, on the disk in question.
 * @param bytes needed.
 * @throws LabError `disk-full`.
 */
export async function checkSpace(folder: string, bytes: number, name: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes) refuse('disk-full', { detail: `${name} (${Math.ceil(bytes / 1e6)} MB)` })
}
