import type { Statement } from 'better-sqlite3'
import { checkedViewName, RunsView, type NamedView } from '../../core/query/runsView.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { nameKey } from '../../core/words/nameKey.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

interface ViewRow {
  readonly name: string
  readonly content: string
}

/** No view of a person can have it. */
const last = ''

/** Tables of runs by name, and the one that was last arranged. */
export class Views {
  readonly #access: Access
  readonly #all: Statement<[], ViewRow>
  readonly #one: Statement<[string], ViewRow>
  readonly #write: Statement<[string, string]>
  readonly #delete: Statement<[string]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#all = connection.prepare(`SELECT name, content FROM views WHERE name != '${last}'`)
    this.#one = connection.prepare('SELECT name, content FROM views WHERE name = ?')
    this.#write = connection.prepare(
      'INSERT INTO views (name, content) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content',
    )
    this.#delete = connection.prepare('DELETE FROM views WHERE name = ?')
  }

  /** In the order of their names. */
  all(): NamedView[] {
    return this.#access
      .read(() => this.#all.all())
      .map(({ name, content }) => ({ name, view: viewOf(content) }))
      .sort((one, other) => one.name.localeCompare(other.name))
  }

  /**
   * Saves a view, in place of the one that has its name.
   * @throws LabError `view-name-blank` or `view-name-too-long`.
   */
  save(asked: string, view: RunsView): void {
    const name = checkedViewName(asked)
    this.#access.durably(() => {
      const known = this.#named(name)
      if (known !== undefined) this.#delete.run(known)
      this.#write.run(name, canonicalJson(view))
    })
  }

  /** @throws LabError `view-unknown`. */
  remove(name: string): void {
    this.#access.durably(() => this.#delete.run(this.#named(name) ?? refuse('view-unknown', { name })))
  }

  /** The table as it was last arranged; null where it never was. */
  last(): RunsView | null {
    const row = this.#access.read(() => this.#one.get(last))
    return row === undefined ? null : viewOf(row.content)
  }

  /** Keeps how the table is arranged. It survives the end of any process at once. */
  writeLast(view: RunsView): void {
    this.#access.atomically(() => this.#write.run(last, canonicalJson(view)))
  }

  /** The name of a view as it is stored. */
  #named(name: string): string | undefined {
    const key = nameKey(name)
    return this.#all.all().find((row) => nameKey(row.name) === key)?.name
  }
}

function viewOf(content: string): RunsView {
  return RunsView.parse(JSON.parse(content))
}
