import { problem } from '../../core/words/problems.ts'
import { tooDeepCopy } from '../files/packedPaths.ts'
import { alteredOf, listedFiles, missingOf, sumsName } from '../files/packedSums.ts'
import { amiss, sound, type Finding } from './finding.ts'

/**
 * Whether the files of a portable folder are there and as they were packed.
 * @param folder null for a program that is not a portable one
 * @param onFile called with the number of files that were read, and of all
 */
export async function examineFiles(
  folder: string | null,
  onFile: (read: number, count: number) => void,
): Promise<Finding[]> {
  if (folder === null) return [sound('files', 'files-of-clone', {})]
  const listed = listedFiles(folder)
  if (listed === null) return [amiss('files', problem('copy-incomplete', { file: sumsName, count: 1 }))]
  const missing = new Set(missingOf(folder, listed))
  const there = listed.filter(({ name }) => !missing.has(name))
  const altered = await alteredOf(folder, there, (read) => onFile(read, there.length))
  const tooDeep = tooDeepCopy(folder, listed)
  const findings: Finding[] = tooDeep === null ? [] : [amiss('files', tooDeep)]
  const [firstMissing] = missing
  if (firstMissing !== undefined)
    findings.push(amiss('files', problem('copy-incomplete', { file: firstMissing, count: missing.size })))
  const [firstAltered] = altered
  if (firstAltered !== undefined)
    findings.push(amiss('files', problem('copy-altered', { file: firstAltered, count: altered.length })))
  return findings.length > 0 ? findings : [sound('files', 'files-whole', { count: listed.length })]
}
