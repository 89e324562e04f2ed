import type { Statement } from 'better-sqlite3'
import { type Problem, refuse } from '../../core/words/problems.ts'
import { liesIn } from '../files/liesIn.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'
import { textOfProblem } from './storedProblem.ts'

/** Where runs are also written for TensorBoard while they train. */
export class EventFolders {
  readonly #access: Access
  readonly #others: Statement<[number], { run: number; folder: string }>
  readonly #set: Statement<[number, string]>
  readonly #end: Statement<[string | null, number]>
  readonly #delete: Statement<[number]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#others = connection.prepare(
      `SELECT events.run AS run, events.folder AS folder FROM event_folders AS events
       JOIN runs ON runs.id = events.run
       WHERE events.problem IS NULL AND runs.deleted_at IS NULL AND events.run <> ? ORDER BY events.run`,
    )
    this.#set = connection.prepare(
      `INSERT INTO event_folders (run, folder) VALUES (?, ?)
       ON CONFLICT (run) DO UPDATE SET folder = excluded.folder, problem = NULL`,
    )
    this.#end = connection.prepare('UPDATE event_folders SET problem = ? WHERE run = ?')
    this.#delete = connection.prepare('DELETE FROM event_folders WHERE run = ?')
  }

  /**
   * Stores the folder of a run that was created in the same transaction; null: it has none.
   * @throws LabError as `checkFree`.
   */
  addWithin(run: number, folder: string | null): void {
    if (folder === null) return
    this.#refuseTaken(folder, run)
    this.#set.run(run, folder)
  }

  /**
   * Gives a run another folder; null: nothing more is written.
   * @throws LabError as `checkFree`.
   */
  write(run: number, folder: string | null): void {
    this.#access.durably(() => {
      if (folder === null) this.#delete.run(run)
      else this.addWithin(run, folder)
    })
  }

  /**
   * Checks that events of a run may go to a folder. One into which another run is written, also one whose turn has not
   * come and whose folder is empty, would lose what is there; so would one around or in it.
   * @throws LabError `event-folder-taken`.
   */
  checkFree(folder: string, run: number): void {
    this.#access.read(() => this.#refuseTaken(folder, run))
  }

  /** Nothing more is written to the folder of a run, for this reason. */
  end(run: number, of: Problem): void {
    this.#access.durably(() => this.#end.run(textOfProblem(of), run))
  }

  #refuseTaken(folder: string, run: number): void {
    for (const other of this.#others.all(run))
      if (liesIn(folder, other.folder) || liesIn(other.folder, folder))
        refuse('event-folder-taken', { folder, run: other.run, other: other.folder })
  }
}
