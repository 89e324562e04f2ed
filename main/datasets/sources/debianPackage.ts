import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { SourceError } from '../definition.ts'
import type { DatasetSource } from '../definition.ts'
import { runDownloader } from './childProcess.ts'
import type { Transfer } from './transfer.ts'

/**
 * Downloads a Debian package into `folder` through apt, and so from the mirror that the system is set to. Needs no root
 * and installs nothing. If the system has no package lists (a fresh container), they are first fetched into `folder`.
 * @throws SourceError, LabError for the disk, or the signal's reason.
 */
export async function fetchFromDebian(
  source: Extract<DatasetSource, { kind: 'debian' }>,
  folder: string,
  transfer: Transfer,
): Promise<void> {
  const download = (options: readonly string[]): Promise<void> =>
    runDownloader(
      { command: 'apt-get', arguments: ['download', '-q', ...options, source.name], cwd: folder, watched: folder },
      transfer,
      (done) => transfer.onBytes(Math.min(done, source.bytes), source.bytes),
    )
  try {
    await download([])
  } catch (thrown) {
    if (!(thrown instanceof SourceError)) throw thrown
    const lists = await fetchLists(folder, transfer, thrown)
    await download(lists)
  }
}

/** Fetches package lists into a folder of our own and returns the options under which apt uses them. */
async function fetchLists(folder: string, transfer: Transfer, because: SourceError): Promise<string[]> {
  const apt = path.join(folder, 'apt')
  await mkdir(path.join(apt, 'lists', 'partial'), { recursive: true })
  const options = [
    '-o',
    `Dir::State::lists=${path.join(apt, 'lists')}`,
    '-o',
    `Dir::Cache=${apt}`,
    '-o',
    'APT::Sandbox::User=root',
  ]
  const downloader = { command: 'apt-get', arguments: ['update', '-q', ...options], cwd: folder, watched: apt }
  await runDownloader(downloader, transfer, () => undefined).catch((thrown: unknown) => {
    throw thrown instanceof SourceError ? new SourceError(because.said, { cause: thrown }) : thrown
  })
  return options
}
