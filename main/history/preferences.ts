import { Preferences } from '../../core/contract/windowContract.ts'
import type { Connection } from './connection.ts'
import { durably } from './transactions.ts'

const asItComes: Preferences = { language: 'system', theme: 'system' }

/** What a person has chosen. The rest follows the operating system, as do choices that only a newer Conv Lab knows. */
export function readPreferences(connection: Connection): Preferences {
  const rows = connection.prepare<[], { name: string; value: string }>('SELECT name, value FROM preferences').all()
  const stored = new Map(rows.map((row) => [row.name, row.value]))
  return {
    language: Preferences.shape.language.catch(asItComes.language).parse(stored.get('language')),
    theme: Preferences.shape.theme.catch(asItComes.theme).parse(stored.get('theme')),
  }
}

/** Stores all preferences at once. */
export function writePreferences(connection: Connection, preferences: Preferences): void {
  const insert = connection.prepare<[string, string]>('INSERT OR REPLACE INTO preferences (name, value) VALUES (?, ?)')
  durably(connection, () => {
    for (const [name, value] of Object.entries(preferences)) insert.run(name, value)
  })
}
