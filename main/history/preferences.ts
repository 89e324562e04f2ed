import { Preferences, usualPreferences } from '../../core/contract/windowContract.ts'
import type { Connection } from './connection.ts'
import { durably } from './transactions.ts'

/** A stored value as its schema has it: numbers are numbers again. */
function valueOf(text: string | undefined): unknown {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text
}

/** What a person has chosen. The rest is as it comes, and so are choices that only a newer Conv Lab knows. */
export function readPreferences(connection: Connection): Preferences {
  const rows = connection.prepare<[], { name: string; value: string }>('SELECT name, value FROM preferences').all()
  const stored = new Map(rows.map((row) => [row.name, valueOf(row.value)]))
  const { language, theme, notices, threads, shortcuts } = Preferences.shape
  return {
    language: language.catch(usualPreferences.language).parse(stored.get('language')),
    theme: theme.catch(usualPreferences.theme).parse(stored.get('theme')),
    notices: notices.catch(usualPreferences.notices).parse(stored.get('notices')),
    threads: threads.catch(usualPreferences.threads).parse(stored.get('threads')),
    shortcuts: shortcuts.catch(usualPreferences.shortcuts).parse(stored.get('shortcuts')),
  }
}

/** Stores the given preferences at once; the others stay as they are. */
export function writePreferences(connection: Connection, preferences: Partial<Preferences>): void {
  const insert = connection.prepare<[string, string]>('INSERT OR REPLACE INTO preferences (name, value) VALUES (?, ?)')
  durably(connection, () => {
    for (const [name, value] of Object.entries(preferences)) insert.run(name, String(value))
  })
}
