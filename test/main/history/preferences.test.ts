import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { usualPreferences } from '../../../core/contract/windowContract.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'

test('preferences are as the system has them until they are chosen, and then stay', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  expect(history.readPreferences()).toEqual(usualPreferences)
  history.writePreferences({ language: 'ru', theme: 'dark' })
  history.writePreferences({ theme: 'light', threads: 3, walk: 'look', walked: ['images', 'network'] })
  history.writePreferences({ quietHints: ['plateau', 'overfitting'] })
  history.close()
  const again = openHistory(home)
  expect(again.readPreferences()).toEqual({
    language: 'ru',
    theme: 'light',
    notices: 'unasked',
    threads: 3,
    shortcuts: 'on',
    start: 'new',
    walk: 'look',
    walked: ['images', 'network'],
    quietHints: ['overfitting', 'plateau'],
  })
  again.writePreferences({ walked: [] })
  expect(again.readPreferences().walked).toEqual([])
})

test('a choice that this Conv Lab does not know is as if not chosen; the others stay', () => {
  const home = temporaryHome()
  openHistory(home).close()
  const file = new Database(home.history)
  file.exec(
    "INSERT INTO preferences VALUES ('theme', 'sepia'), ('language', 'en'), ('threads', '0'), ('of a later lab', '1'), ('quietHints', 'plateau,later')",
  )
  file.close()
  expect(openHistory(home).readPreferences()).toEqual({ ...usualPreferences, language: 'en', quietHints: ['plateau'] })
})
