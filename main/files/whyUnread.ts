import { phrase, type Phrase } from '../../core/words/phrases.ts'

/** Why the system did not read a file. */
export function whyUnread(thrown: unknown): Phrase {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
  return code === 'ENOENT' ? phrase('file-gone', {}) : phrase('unread-with-code', { code })
}
