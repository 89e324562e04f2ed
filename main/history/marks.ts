import type { Statement } from 'better-sqlite3'
import { checkedNote, checkedRunName, checkedTag, type MarkChanges } from '../../core/run/marks.ts'
import { nameKey } from '../../core/words/nameKey.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

/** A tag as it was given, and the way to write it that runs have already. */
export interface Spelled {
  readonly given: string
  readonly kept: string
}

/** What was changed, as it is stored. */
export interface Marked {
  readonly changes: MarkChanges
  readonly spelled: readonly Spelled[]
}

/** What a person says of runs: names, notes, tags, stars, the archive. */
export class Marks {
  readonly #access: Access
  readonly #deletedAt: Statement<[number], { deletedAt: string | null }>
  readonly #set: Statement<[string | number | null, string]>[]
  readonly #tagged: Statement<[string], { tag: string }>
  readonly #addTag: Statement<[string, string, string]>
  readonly #removeTag: Statement<[string, string]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#deletedAt = connection.prepare('SELECT deleted_at AS deletedAt FROM runs WHERE id = ? AND erasing = 0')
    this.#set = columns.map((column) =>
      connection.prepare(`UPDATE runs SET ${column} = ? WHERE id IN (SELECT value FROM json_each(?))`),
    )
    this.#tagged = connection.prepare('SELECT tag FROM run_tags WHERE tag_key = ? LIMIT 1')
    this.#addTag = connection.prepare(
      'INSERT OR REPLACE INTO run_tags (run, tag_key, tag) SELECT value, ?, ? FROM json_each(?)',
    )
    this.#removeTag = connection.prepare(
      'DELETE FROM run_tags WHERE run IN (SELECT value FROM json_each(?)) AND tag_key = ?',
    )
  }

  /**
   * Changes the marks of runs.
   * @throws LabError `run-unknown`, `run-in-bin`, or what is wrong with a name, note or tag.
   */
  change(ids: readonly number[], asked: MarkChanges): Marked {
    const { spelled, ...changes } = this.#checked(asked)
    return this.#access.durably(() => {
      for (const id of ids) {
        const row = this.#deletedAt.get(id) ?? refuse('run-unknown', { run: id })
        if (row.deletedAt !== null) refuse('run-in-bin', { run: id })
      }
      const runs = JSON.stringify(ids)
      for (const tag of changes.removeTags ?? []) this.#removeTag.run(runs, nameKey(tag))
      for (const tag of changes.addTags ?? []) this.#addTag.run(nameKey(tag), tag, runs)
      for (const [place, column] of columns.entries()) {
        const value = changes[column]
        if (value !== undefined) this.#set[place].run(typeof value === 'boolean' ? Number(value) : value, runs)
      }
      return { changes, spelled }
    })
  }

  #checked({ name, note, addTags, removeTags, ...flags }: MarkChanges): MarkChanges & { spelled: Spelled[] } {
    const given = [...new Map((addTags ?? []).map(checkedTag).map((tag) => [nameKey(tag), tag])).values()]
    const kept = this.#access.read(() => given.map((tag) => this.#tagged.get(nameKey(tag))?.tag ?? tag))
    return {
      ...flags,
      ...(name === undefined ? {} : { name: name === null ? null : checkedRunName(name) }),
      ...(note === undefined ? {} : { note: checkedNote(note) }),
      ...(addTags === undefined ? {} : { addTags: kept }),
      ...(removeTags === undefined ? {} : { removeTags: removeTags.map(checkedTag) }),
      spelled: given.map((tag, place) => ({ given: tag, kept: kept[place] })).filter((one) => one.given !== one.kept),
    }
  }
}

const columns = ['name', 'note', 'star', 'colour', 'archived'] as const
