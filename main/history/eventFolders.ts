import type { Statement } from 'better-sqlite3'
import type { Problem } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'
import { textOfProblem } from './storedProblem.ts'

/** Where runs are also written for TensorBoard while they train. */
export class EventFolders {
  readonly #access: Access
  readonly #set: Statement<[number, string]>
  readonly #end: Statement<[string | null, number]>
  readonly #delete: Statement<[number]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#set = connection.prepare(
      `INSERT INTO event_folders (run, folder) VALUES (?, ?)
       ON CONFLICT (run) DO UPDATE SET folder = excluded.folder, problem = NULL`,
    )
    this.#end = connection.prepare('UPDATE event_folders SET problem = ? WHERE run = ?')
    this.#delete = connection.prepare('DELETE FROM event_folders WHERE run = ?')
  }

  /** Stores the folder of a run that was created in the same transaction; null: it has none. */
  addWithin(run: number, folder: string | null): void {
    if (folder !== null) this.#set.run(run, folder)
  }

  /** Gives a run another folder; null: nothing more is written. */
  write(run: number, folder: string | null): void {
    this.#access.durably(() => (folder === null ? this.#delete.run(run) : this.#set.run(run, folder)))
  }

  /** Nothing more is written to the folder of a run, for this reason. */
  end(run: number, of: Problem): void {
    this.#access.durably(() => this.#end.run(textOfProblem(of), run))
  }
}
