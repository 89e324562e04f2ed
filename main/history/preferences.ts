import { Preferences, usualPreferences } from '../../core/contract/windowContract.ts'
import type { Connection } from './connection.ts'
import { durably } from './transactions.ts'

/** A stored value as its schema has it: numbers are numbers again. */
function valueOf(text: string | undefined): unknown {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text
}

/** What is in a list as `String` writes one down, in the order of `known`; what only a newer Conv Lab knows is left out. */
function listedIn<Word extends string>(stored: unknown, known: readonly Word[]): Word[] {
  const words = typeof stored === 'string' ? stored.split(',') : []
  return known.filter((word) => words.includes(word))
}

/** What a person has chosen. The rest is as it comes, and so are choices that only a newer Conv Lab knows. */
export function readPreferences(connection: Connection): Preferences {
  const rows = connection.prepare<[], { name: string; value: string }>('SELECT name, value FROM preferences').all()
  const stored = new Map(rows.map((row) => [row.name, valueOf(row.value)]))
  const { language, theme, notices, threads, shortcuts, start, walk, walked, quietHints } = Preferences.shape
  return {
    language: language.catch(usualPreferences.language).parse(stored.get('language')),
    theme: theme.catch(usualPreferences.theme).parse(stored.get('theme')),
    notices: notices.catch(usualPreferences.notices).parse(stored.get('notices')),
    threads: threads.catch(usualPreferences.threads).parse(stored.get('threads')),
    shortcuts: shortcuts.catch(usualPreferences.shortcuts).parse(stored.get('shortcuts')),
    start: start.catch(usualPreferences.start).parse(stored.get('start')),
    walk: walk.catch(usualPreferences.walk).parse(stored.get('walk')),
    walked: listedIn(stored.get('walked'), walked.element.options),
    quietHints: listedIn(stored.get('quietHints'), quietHints.element.options),
  }
}

/** Stores the given preferences at once; the others stay as they are. */
export function writePreferences(connection: Connection, preferences: Partial<Preferences>): void {
  const insert = connection.prepare<[string, string]>('INSERT OR REPLACE INTO preferences (name, value) VALUES (?, ?)')
  durably(connection, () => {
    for (const [name, value] of Object.entries(preferences)) insert.run(name, String(value))
  })
}
