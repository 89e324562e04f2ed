import type { Statement } from 'better-sqlite3'
import { Network } from '../../core/network/network.ts'
import {
  checkNetworkName,
  type NetworkEntry,
  type NetworkVersion,
  type SavedNetwork,
} from '../../core/network/savedNetwork.ts'
import { nameKey } from '../../core/words/nameKey.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Connection } from './connection.ts'

interface NetworkRow {
  readonly id: number
  readonly name: string
  readonly name_key: string
  readonly note: string
  readonly created_at: string
}

interface VersionRow {
  readonly version: number
  readonly content: string
  readonly saved_at: string
}

/** Networks of a person's own by name, with their versions. Call every method that changes them within a transaction. */
export class Networks {
  readonly #all: Statement<[], NetworkRow>
  readonly #one: Statement<[string], NetworkRow>
  readonly #insert: Statement<[string, string, string, string]>
  readonly #setNote: Statement<[string, number]>
  readonly #setName: Statement<[string, string, number]>
  readonly #delete: Statement<[number]>
  readonly #versions: Statement<[number], VersionRow>
  readonly #addVersion: Statement<[number, number, string, string]>
  readonly #deleteVersions: Statement<[number]>
  readonly #lastVersion: Statement<[string], { version: number }>
  readonly #rememberVersion: Statement<[string, number]>
  readonly #readDraft: Statement<[], { content: string }>
  readonly #writeDraft: Statement<[string]>
  readonly #deleteDraft: Statement<[]>

  constructor(connection: Connection) {
    this.#all = connection.prepare('SELECT * FROM networks ORDER BY name_key')
    this.#one = connection.prepare('SELECT * FROM networks WHERE name_key = ?')
    this.#insert = connection.prepare('INSERT INTO networks (name, name_key, note, created_at) VALUES (?, ?, ?, ?)')
    this.#setNote = connection.prepare('UPDATE networks SET note = ? WHERE id = ?')
    this.#setName = connection.prepare('UPDATE networks SET name = ?, name_key = ? WHERE id = ?')
    this.#delete = connection.prepare('DELETE FROM networks WHERE id = ?')
    this.#versions = connection.prepare(
      'SELECT version, content, saved_at FROM network_versions WHERE network = ? ORDER BY version DESC',
    )
    this.#addVersion = connection.prepare(
      'INSERT INTO network_versions (network, version, content, saved_at) VALUES (?, ?, ?, ?)',
    )
    this.#deleteVersions = connection.prepare('DELETE FROM network_versions WHERE network = ?')
    this.#lastVersion = connection.prepare('SELECT last_version AS version FROM network_names WHERE name_key = ?')
    this.#rememberVersion = connection.prepare(
      'INSERT INTO network_names (name_key, last_version) VALUES (?, ?) ON CONFLICT (name_key) DO UPDATE SET last_version = max(last_version, excluded.last_version)',
    )
    this.#readDraft = connection.prepare('SELECT content FROM network_draft')
    this.#writeDraft = connection.prepare('INSERT OR REPLACE INTO network_draft (id, content) VALUES (1, ?)')
    this.#deleteDraft = connection.prepare('DELETE FROM network_draft')
  }

  /** In the order of their names. */
  all(): NetworkEntry[] {
    return this.#all.all().map((row) => this.#entryOf(row))
  }

  /** @throws LabError `network-unknown`. */
  entry(name: string): NetworkEntry {
    return this.#entryOf(this.#found(name))
  }

  /**
   * A version of a network; left out: the newest.
   * @throws LabError `network-unknown` or `network-version-unknown`.
   */
  saved(name: string, version?: number): SavedNetwork {
    const row = this.#found(name)
    const versions = this.#versions.all(row.id)
    const known = versions.map((one) => one.version)
    const found =
      versions.find((one) => version === undefined || one.version === version) ??
      refuse('network-version-unknown', { network: row.name, version: version ?? 0, known: known.join(', ') })
    return { name: row.name, note: row.note, ...versionOf(found) }
  }

  /**
   * All versions of a network, the newest first.
   * @throws LabError `network-unknown`.
   */
  versions(name: string): NetworkVersion[] {
    return this.#versions.all(this.#found(name).id).map(versionOf)
  }

  /**
   * Saves a network under a name. What equals its newest version makes no new one; the note is stored in any case.
   * @throws LabError `network-name-blank`, `network-name-too-long` or `network-name-of-preset`.
   */
  save(asked: string, note: string, network: Network, at: string): void {
    const name = checkNetworkName(asked)
    const key = nameKey(name)
    const known = this.#one.get(key)
    const id = known?.id ?? Number(this.#insert.run(name, key, note, at).lastInsertRowid)
    this.#setNote.run(note, id)
    const content = canonicalJson(network)
    const newest = this.#versions.get(id)
    if (newest?.content === content) return
    const version = Math.max(newest?.version ?? 0, this.#lastVersion.get(key)?.version ?? 0) + 1
    this.#addVersion.run(id, version, content, at)
    this.#rememberVersion.run(key, version)
  }

  /**
   * @throws LabError `network-unknown`, `network-name-taken`, `network-name-blank`, `network-name-too-long` or
   *   `network-name-of-preset`.
   */
  rename(name: string, to: string): void {
    const row = this.#found(name)
    const wanted = checkNetworkName(to)
    const key = nameKey(wanted)
    const other = this.#one.get(key)
    if (other !== undefined && other.id !== row.id) refuse('network-name-taken', { network: other.name })
    this.#setName.run(wanted, key, row.id)
    this.#rememberVersion.run(key, this.#versions.get(row.id)?.version ?? 1)
  }

  /** @throws LabError `network-unknown`. */
  remove(name: string): void {
    const { id } = this.#found(name)
    this.#deleteVersions.run(id)
    this.#delete.run(id)
  }

  /** What the editor is at; null where there is nothing. */
  draft(): string | null {
    return this.#readDraft.get()?.content ?? null
  }

  writeDraft(text: string | null): void {
    if (text === null) this.#deleteDraft.run()
    else this.#writeDraft.run(text)
  }

  #found(name: string): NetworkRow {
    return this.#one.get(nameKey(name)) ?? refuse('network-unknown', { network: name })
  }

  #entryOf(row: NetworkRow): NetworkEntry {
    const newest = this.#versions.get(row.id)
    if (newest === undefined) throw new Error(`the network ${row.name} has no version`)
    const { version, network, savedAt } = versionOf(newest)
    return {
      name: row.name,
      note: row.note,
      version,
      layers: network.layers.length,
      input: network.input ?? null,
      createdAt: row.created_at,
      savedAt,
    }
  }
}

function versionOf({ version, content, saved_at: savedAt }: VersionRow): NetworkVersion {
  return { version, network: Network.parse(JSON.parse(content)), savedAt }
}
