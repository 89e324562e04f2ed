import { refuse } from '../../core/words/problems.ts'
import { isLowerVersion, lowestGlibc } from '../platform/glibc.ts'

/**
 * Refuses a Linux on which SQLite's compiled part does not load.
 * @param found The version of the system's glibc; null where there is none, as on other systems.
 * @throws LabError `glibc-too-old`.
 */
export function refuseOldGlibc(found: string | null): void {
  if (found !== null && isLowerVersion(found, lowestGlibc)) refuse('glibc-too-old', { found, lowest: lowestGlibc })
}
