import { spawn } from 'node:child_process'
import { SourceError } from '../definition.ts'
import type { ArchiveEntry } from './archiveEntry.ts'
import { tarEntries } from './tarEntries.ts'

/**
 * The files of a Debian package: an ar archive around a tar that is mostly packed with xz, which Node does not read;
 * dpkg-deb does.
 * @throws SourceError when dpkg-deb cannot read it, or is not there.
 */
export async function* debEntries(file: string, archive: string): AsyncGenerator<ArchiveEntry> {
  const child = spawn('dpkg-deb', ['--fsys-tarfile', file], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) =>
      resolve('code' in error && error.code === 'ENOENT' ? 'dpkg-deb is not on this computer' : error.message),
    )
    child.once('close', (code) => resolve(code === 0 ? null : `dpkg-deb could not read ${archive}`))
  })
  try {
    yield* tarEntries(child.stdout, archive)
  } catch (thrown) {
    // A tar that breaks off is no news beside the reason why.
    const why = await ended
    throw why === null ? thrown : new SourceError(why, { cause: thrown })
  } finally {
    child.kill()
  }
  const why = await ended
  if (why !== null) throw new SourceError(why)
}
