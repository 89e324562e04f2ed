import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { demand } from './checks.ts'
import type { StartLab } from './training.ts'

/** The files of the data sets that came along in a portable folder. */
function packedSets(folder: string): string[] {
  const along = path.join(folder, 'datasets')
  return existsSync(along) ? readdirSync(along).map((name) => path.join(along, name)) : []
}

/**
 * An archive must not be larger than what fits a lesson's download. Data sets that a teacher added do not count; they are
 * packed already.
 * @param most megabytes
 */
export function demandSize(archive: string, folder: string, most: number): void {
  const sets = packedSets(folder).reduce((sum, file) => sum + statSync(file).size, 0)
  const megabytes = (statSync(archive).size - sets) / 1e6
  demand(megabytes <= most, `the archive has ${megabytes.toFixed(0)} MB, more than ${most} MB`)
}

/** A set that came along is got and trained on without a network. */
export async function trainsOnPackedSet(folder: string, startLab: StartLab): Promise<void> {
  const [set] = packedSets(folder).map((file) => path.basename(file, '.conv-lab'))
  if (set === undefined) throw new Error('no data set came along: make the archive with --with mnist')
  for (const words of [
    ['dataset', 'get', set],
    ['train', '--dataset', set, '--preset', 'digits', '--steps', '3', '--batch', '20'],
  ]) {
    const { code, output, errors } = await startLab(words).ended
    demand(code === 0, `lab ${words.join(' ')} ended with ${code}: ${output}${errors}`)
  }
}
