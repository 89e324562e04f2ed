import { z } from 'zod'

/** The systems for which there are portable archives. */
export const ArchiveSystem = z.enum(['linux-x64', 'win-x64', 'darwin-arm64'])
export type ArchiveSystem = z.infer<typeof ArchiveSystem>

/** What people call them, the same in every language. */
export const systemNames: Readonly<Record<ArchiveSystem, string>> = {
  'linux-x64': 'Linux',
  'win-x64': 'Windows',
  'darwin-arm64': 'macOS',
}

/** A version of Conv Lab: three numbers, such as 0.2.0. */
export const LabVersion = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/)

/** What the name of a portable archive says. */
export interface NamedArchive {
  readonly version: string
  readonly system: ArchiveSystem
}

/** What `npm run package -- --portable` calls its archives. */
const archiveName = /^conv-lab-(\d{1,6}\.\d{1,6}\.\d{1,6})-(?:(linux-x64|darwin-arm64)\.tar\.gz|(win-x64)\.zip)$/

/**
 * What the name of a file says, if it is that of a portable archive.
 * @param name without folders
 */
export function archiveNamed(name: string): NamedArchive | null {
  const [, version, linux, windows] = archiveName.exec(name) ?? []
  const system = ArchiveSystem.safeParse(linux ?? windows).data
  return version === undefined || system === undefined ? null : { version, system }
}

/**
 * Orders two versions by their numbers.
 * @returns negative when `one` is older, positive when it is newer, 0 for the same.
 */
export function compareVersions(one: string, other: string): number {
  const numbers = other.split('.').map(Number)
  const differences = one.split('.').map((number, place) => Number(number) - (numbers[place] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
