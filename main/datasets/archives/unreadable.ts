import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'

/** The system's code of an error (`EACCES`), or its message. */
export function systemCode(thrown: unknown): string {
  return thrown instanceof Error ? ('code' in thrown ? String(thrown.code) : thrown.message) : String(thrown)
}

function isForbidden(code: string): boolean {
  return code === 'EACCES' || code === 'EPERM'
}

/** Why a file could not be read, as a reason for leaving it out. */
export function unreadFile(thrown: unknown): Phrase {
  const code = systemCode(thrown)
  return isForbidden(code) ? phrase('files-forbidden', {}) : phrase('files-not-read', { detail: code })
}

/** Why a folder could not be opened, as a reason for leaving it out. */
export function unopenedFolder(thrown: unknown): Phrase {
  const code = systemCode(thrown)
  return isForbidden(code) ? phrase('folders-forbidden', {}) : phrase('folders-not-opened', { detail: code })
}

/** Thrown for a file on this computer that cannot be read although others can. */
export class UnreadableFile extends SourceError {
  readonly why: Phrase

  constructor(said: Phrase, why: Phrase, options?: ErrorOptions) {
    super(said, options)
    this.why = why
  }
}
