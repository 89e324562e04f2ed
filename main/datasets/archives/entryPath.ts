import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import { isLitter } from './litter.ts'

/**
 * The path of an archive's entry as the lab uses it: with `/`, without `.` and empty parts, in Unicode's composed form
 * (NFC).
 * @returns null for an entry to leave out: the top folder itself, and litter.
 * @throws SourceError for a name that leads out of the archive.
 */
export function entryPath(name: string, archive: string): string | null {
  const parts = name.normalize('NFC').replaceAll('\\', '/').split('/')
  const leadsOut = parts[0] === '' || /^[a-z]:/i.test(parts[0]) || parts.includes('..') || name.includes('\0')
  if (leadsOut && name !== '')
    throw new SourceError(phrase('name-leads-out', { archive, name: JSON.stringify(name.slice(0, 200)) }))
  const kept = parts.filter((part) => part !== '' && part !== '.')
  return kept.length === 0 || kept.some(isLitter) ? null : kept.join('/')
}

/** Joins two paths; either may be empty. */
export function joinPath(folder: string, below: string): string {
  return folder === '' ? below : below === '' ? folder : `${folder}/${below}`
}
