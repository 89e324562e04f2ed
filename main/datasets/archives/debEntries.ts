import { spawn } from 'node:child_process'
import { phrase, type Phrase, quoted } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import type { ArchiveEntry } from './archiveEntry.ts'
import { tarEntries } from './tarEntries.ts'

/**
 * The files of a Debian package. It is an ar archive around a tar, which is mostly packed with xz. Node cannot read xz,
 * so dpkg-deb unpacks it.
 * @throws SourceError when dpkg-deb is missing or cannot read the package.
 */
export async function* debEntries(file: string, archive: string): AsyncGenerator<ArchiveEntry> {
  const child = spawn('dpkg-deb', ['--fsys-tarfile', file], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<Phrase | null>((resolve) => {
    child.once('error', (error) =>
      resolve(
        'code' in error && error.code === 'ENOENT'
          ? phrase('program-absent', { program: 'dpkg-deb' })
          : quoted(error.message),
      ),
    )
    child.once('close', (code) =>
      resolve(code === 0 ? null : phrase('program-could-not-read', { program: 'dpkg-deb', file: archive })),
    )
  })
  try {
    yield* tarEntries(child.stdout, archive)
  } catch (thrown) {
    // If dpkg-deb fails, its own reason says more than the tar that breaks off.
    const why = await ended
    throw why === null ? thrown : new SourceError(why, { cause: thrown })
  } finally {
    child.kill()
  }
  const why = await ended
  if (why !== null) throw new SourceError(why)
}
