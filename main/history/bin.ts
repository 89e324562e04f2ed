import type { Statement } from 'better-sqlite3'
import { refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

interface Place {
  readonly state: string
  readonly deletedAt: string | null
}

/** A run in the bin. */
export interface BinnedRun {
  readonly id: number
  readonly deletedAt: string
}

/** Rows that are erased in one transaction, so that the main process is never held up for long. */
const rowsAtOnce = 2000

/** The tables that refer to runs, each with its key. */
const tables = [
  ['steps', 'run, step'],
  ['summaries', 'run, size, bucket'],
  ['evaluations', 'run, step'],
  ['health_histograms', 'run, place, observed, step'],
  ['health', 'run, place, step'],
  ['stretches', 'id'],
  ['run_tags', 'run, tag_key'],
  ['expectations', 'run'],
  ['event_folders', 'run'],
  // Last, so that the files are known for as long as something of the run is there.
  ['checkpoints', 'run, step'],
] as const

/** Runs that were deleted: they can be restored until they are erased. */
export class Bin {
  readonly #access: Access
  readonly #place: Statement<[number], Place>
  readonly #put: Statement<[string | null, string]>
  readonly #binned: Statement<[string], BinnedRun>
  readonly #erasing: Statement<[], { id: number }>
  readonly #setErasing: Statement<[number, number]>
  readonly #files: Statement<[number], { file: string; bytes: number }>
  readonly #eraseRows: readonly Statement<[number, number]>[]
  readonly #erase: Statement<[number]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#place = connection.prepare('SELECT state, deleted_at AS deletedAt FROM runs WHERE id = ? AND erasing = 0')
    this.#put = connection.prepare('UPDATE runs SET deleted_at = ? WHERE id IN (SELECT value FROM json_each(?))')
    this.#binned = connection.prepare(
      'SELECT id, deleted_at AS deletedAt FROM runs WHERE deleted_at IS NOT NULL AND deleted_at <= ? AND erasing = 0 ORDER BY deleted_at, id',
    )
    this.#erasing = connection.prepare('SELECT id FROM runs WHERE deleted_at IS NOT NULL AND erasing = 1')
    this.#setErasing = connection.prepare('UPDATE runs SET erasing = ? WHERE id = ?')
    this.#files = connection.prepare('SELECT file, bytes FROM checkpoints WHERE run = ?')
    this.#eraseRows = tables.map(([table, key]) =>
      connection.prepare(`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE run = ? LIMIT ?)`),
    )
    this.#erase = connection.prepare('DELETE FROM runs WHERE id = ?')
  }

  /**
   * Puts runs into the bin.
   * @throws LabError `run-unknown`, `run-trains`, `run-waits` or `run-in-bin`; none is deleted then.
   */
  put(ids: readonly number[], at: string): void {
    this.#access.durably(() => this.putWithin(ids, at))
  }

  /** As `put`. Call it within a transaction. */
  putWithin(ids: readonly number[], at: string): void {
    for (const id of ids) {
      const { state, deletedAt } = this.#placeOf(id)
      if (state === 'training') refuse('run-trains', { run: id })
      if (state === 'queued') refuse('run-waits', { run: id })
      if (deletedAt !== null) refuse('run-in-bin', { run: id })
    }
    this.#put.run(at, JSON.stringify(ids))
  }

  /** Takes those of these runs out of the bin that lie in it. Call it within a transaction. */
  restoreWithin(ids: readonly number[]): number[] {
    const binned = ids.filter((id) => (this.#place.get(id)?.deletedAt ?? null) !== null)
    this.#put.run(null, JSON.stringify(binned))
    return binned
  }

  /**
   * Takes runs out of the bin.
   * @throws LabError `run-unknown` or `run-not-in-bin`; none is restored then.
   */
  restore(ids: readonly number[]): void {
    this.#access.durably(() => {
      this.#checkBinned(ids)
      this.#put.run(null, JSON.stringify(ids))
    })
  }

  /**
   * The runs that lie in the bin since this moment or longer, the oldest first.
   * @param until ISO 8601 in UTC
   */
  since(until: string): BinnedRun[] {
    return this.#access.read(() => this.#binned.all(until))
  }

  /** @throws LabError `run-unknown` or `run-not-in-bin`. */
  check(ids: readonly number[]): void {
    this.#access.read(() => this.#checkBinned(ids))
  }

  /** Runs whose erasing a crash or the end of Conv Lab has cut short. */
  halfErased(): number[] {
    return this.#access.read(() => this.#erasing.all().map(({ id }) => id))
  }

  /** The checkpoint files of a run and their bytes, also of one that is being erased. */
  files(id: number): { readonly file: string; readonly bytes: number }[] {
    return this.#access.read(() => this.#files.all(id))
  }

  /** Begins to erase a run. It is gone for everybody from then on. */
  beginErasing(id: number): void {
    this.#access.durably(() => this.#setErasing.run(1, id))
  }

  /** Leaves a run in the bin after all, of which nothing has been erased yet. */
  spare(id: number): void {
    this.#access.durably(() => this.#setErasing.run(0, id))
  }

  /**
   * Erases a piece of the rows of a run, whose files are gone.
   * @returns whether something is left of it.
   */
  eraseSome(id: number): boolean {
    return this.#access.atomically(() => {
      for (const erase of this.#eraseRows) if (erase.run(id, rowsAtOnce).changes > 0) return true
      this.#erase.run(id)
      return false
    })
  }

  #placeOf(id: number): Place {
    return this.#place.get(id) ?? refuse('run-unknown', { run: id })
  }

  #checkBinned(ids: readonly number[]): void {
    for (const id of ids) if (this.#placeOf(id).deletedAt === null) refuse('run-not-in-bin', { run: id })
  }
}
