import type { Statement } from 'better-sqlite3'
import { choiceText, KeptChoices, type KeptSubject, noChoices } from '../../core/contract/choicesContract.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

/** Rows of choices stand among the preferences; no preference has this in its name. */
const prefix = 'choices.'

/** What a person has chosen in a window, by subject. */
export class Choices {
  readonly #access: Access
  readonly #all: Statement<[], { readonly name: string; readonly value: string }>
  readonly #write: Statement<[string, string]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#all = connection.prepare(`SELECT name, value FROM preferences WHERE name GLOB '${prefix}*'`)
    this.#write = connection.prepare('INSERT OR REPLACE INTO preferences (name, value) VALUES (?, ?)')
  }

  /** All that is kept. A subject that another version of Conv Lab kept in a way not known here is null, and named. */
  read(): KeptChoices & { unreadable: KeptSubject[] } {
    const rows = this.#access.read(() => this.#all.all())
    const stored = new Map(rows.map(({ name, value }) => [name.slice(prefix.length), value]))
    let read = noChoices
    for (const subject of KeptChoices.keyof().options) {
      const value = stored.get(subject)
      if (value === undefined) continue
      const choice = KeptChoices.shape[subject].safeParse(JSON.parse(value))
      read = choice.success
        ? { ...read, [subject]: choice.data }
        : { ...read, unreadable: [...read.unreadable, subject] }
    }
    return read
  }

  /** Keeps these; the others stay as they are. They survive the end of any process at once. */
  write(choices: Partial<KeptChoices>): void {
    this.#access.atomically(() => {
      for (const [subject, value] of Object.entries(choices)) this.#write.run(prefix + subject, choiceText(value))
    })
  }
}
