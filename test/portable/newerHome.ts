import Database from 'better-sqlite3'
import path from 'node:path'

/** Makes the history of a home folder look as if a much newer program had written it. */
export function makeNewer(home: string): void {
  const history = new Database(path.join(home, 'history.sqlite'))
  history.pragma('user_version = 1000000')
  history.close()
}
