import type { Statement } from 'better-sqlite3'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Problem } from '../../core/words/problems.ts'
import { movedInQueue } from '../../core/run/queue.ts'
import type { QueueMove } from '../../core/run/queue.ts'
import type { Connection } from './connection.ts'

/** The queued runs and their order. Call every method that changes them within a transaction. */
export class Queue {
  readonly #order: Statement<[], { id: number }>
  readonly #lastPlace: Statement<[], { place: number }>
  readonly #place: Statement<[number, number]>
  readonly #begin: Statement<{ id: number; at: string }>
  readonly #giveUp: Statement<{ id: number; problem: string; at: string }>
  readonly #delete: Statement<[number]>
  readonly #deleteTags: Statement<[number]>

  constructor(connection: Connection) {
    this.#order = connection.prepare('SELECT id FROM runs WHERE queue_place IS NOT NULL ORDER BY queue_place, id')
    this.#lastPlace = connection.prepare(
      'SELECT coalesce(max(queue_place), 0) AS place FROM runs WHERE queue_place IS NOT NULL',
    )
    this.#place = connection.prepare('UPDATE runs SET queue_place = ? WHERE id = ?')
    // The clock may have been set back meanwhile.
    const left =
      "queue_place = NULL, active_at = @at, queued_seconds = max(0, unixepoch(@at, 'subsec') - unixepoch(created_at, 'subsec'))"
    this.#begin = connection.prepare(`UPDATE runs SET state = 'training', ${left} WHERE id = @id`)
    this.#giveUp = connection.prepare(
      `UPDATE runs SET state = 'interrupted', ${left}, problem = @problem, ended_at = @at WHERE id = @id`,
    )
    this.#deleteTags = connection.prepare('DELETE FROM run_tags WHERE run = ?')
    this.#delete = connection.prepare('DELETE FROM runs WHERE id = ?')
  }

  /** Numbers of the queued runs, the next one first. */
  order(): number[] {
    return this.#order.all().map(({ id }) => id)
  }

  /** The place after all queued runs, for a run that is being created. */
  placeAtEnd(): number {
    return (this.#lastPlace.get()?.place ?? 0) + 1
  }

  /** @throws LabError `run-not-queued`. */
  move(id: number, to: QueueMove): void {
    movedInQueue(this.#orderWith(id), id, to).forEach((run, index) => this.#place.run(index + 1, run))
  }

  /**
   * Takes the run out of the queue to train it.
   * @throws LabError `run-not-queued`.
   */
  begin(id: number, at: string): void {
    this.#orderWith(id)
    this.#begin.run({ id, at })
  }

  /**
   * Takes the run out of the queue because it could not start. It becomes interrupted at step 0.
   * @throws LabError `run-not-queued`.
   */
  giveUp(id: number, of: Problem, at: string): void {
    this.#orderWith(id)
    this.#giveUp.run({ id, problem: canonicalJson(of), at })
  }

  /**
   * Deletes the run. Nothing was computed for it, so only its tags refer to it. Its number is not used again.
   * @throws LabError `run-not-queued`.
   */
  cancel(id: number): void {
    this.#orderWith(id)
    this.#deleteTags.run(id)
    this.#delete.run(id)
  }

  #orderWith(id: number): number[] {
    const order = this.order()
    if (!order.includes(id)) refuse('run-not-queued', { run: id })
    return order
  }
}
