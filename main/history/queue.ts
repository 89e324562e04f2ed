import type { Statement } from 'better-sqlite3'
import { refuse } from '../../core/words/problems.ts'
import type { Problem } from '../../core/words/problems.ts'
import { movedInQueue } from '../../core/run/queue.ts'
import type { QueueMove } from '../../core/run/queue.ts'
import type { Continuation } from '../../core/run/run.ts'
import type { Connection } from './connection.ts'
import { textOfProblem } from './storedProblem.ts'

/**
 * The runs in the queue and their order: those that have not begun, and those at rest that are to be continued. Call
 * every method that changes them within a transaction.
 */
export class Queue {
  readonly #order: Statement<[], { id: number }>
  readonly #lastPlace: Statement<[], { place: number }>
  readonly #place: Statement<[number, number]>
  readonly #placeContinuation: Statement<[number, number]>
  readonly #addContinuation: Statement<Continuation & { run: number; place: number }>
  readonly #continuation: Statement<[number], Continuation>
  readonly #removeContinuation: Statement<[number]>
  readonly #blame: Statement<[string | null, number]>
  readonly #begin: Statement<{ id: number; at: string }>
  readonly #giveUp: Statement<{ id: number; problem: string | null; at: string }>
  readonly #delete: Statement<[number]>
  readonly #deleteTags: Statement<[number]>
  readonly #deleteExpectation: Statement<[number]>
  readonly #deleteEventFolder: Statement<[number]>

  constructor(connection: Connection) {
    this.#order = connection.prepare('SELECT run AS id FROM queue ORDER BY place, run')
    this.#lastPlace = connection.prepare('SELECT coalesce(max(place), 0) AS place FROM queue')
    this.#place = connection.prepare('UPDATE runs SET queue_place = ? WHERE id = ? AND queue_place IS NOT NULL')
    this.#placeContinuation = connection.prepare('UPDATE queued_continuations SET place = ? WHERE run = ?')
    this.#addContinuation = connection.prepare(
      'INSERT INTO queued_continuations (run, goal, health_every, place) VALUES (@run, @goal, @healthEvery, @place)',
    )
    this.#continuation = connection.prepare(
      'SELECT goal, health_every AS healthEvery FROM queued_continuations WHERE run = ?',
    )
    this.#removeContinuation = connection.prepare('DELETE FROM queued_continuations WHERE run = ?')
    this.#blame = connection.prepare('UPDATE runs SET problem = ? WHERE id = ?')
    // The clock may have been set back meanwhile.
    const left =
      "queue_place = NULL, active_at = @at, queued_seconds = max(0, unixepoch(@at, 'subsec') - unixepoch(created_at, 'subsec'))"
    this.#begin = connection.prepare(`UPDATE runs SET state = 'training', ${left} WHERE id = @id`)
    this.#giveUp = connection.prepare(
      `UPDATE runs SET state = 'interrupted', ${left}, problem = @problem, ended_at = @at WHERE id = @id`,
    )
    this.#deleteTags = connection.prepare('DELETE FROM run_tags WHERE run = ?')
    this.#deleteExpectation = connection.prepare('DELETE FROM expectations WHERE run = ?')
    this.#deleteEventFolder = connection.prepare('DELETE FROM event_folders WHERE run = ?')
    this.#delete = connection.prepare('DELETE FROM runs WHERE id = ?')
  }

  /** Numbers of the runs in the queue, the next one first. */
  order(): number[] {
    return this.#order.all().map(({ id }) => id)
  }

  /** The place after all others, for a run that is being created. */
  placeAtEnd(): number {
    return (this.#lastPlace.get()?.place ?? 0) + 1
  }

  /** Puts a run at rest, which is not in the queue yet, at its end. */
  addContinuation(run: number, { goal, healthEvery }: Continuation): void {
    this.#addContinuation.run({ run, goal, healthEvery, place: this.placeAtEnd() })
  }

  /** @throws LabError `run-not-queued`. */
  move(id: number, to: QueueMove): void {
    movedInQueue(this.#orderWith(id), id, to).forEach((run, index) => {
      this.#place.run(index + 1, run)
      this.#placeContinuation.run(index + 1, run)
    })
  }

  /**
   * Takes a run that has not begun out of the queue to train it.
   * @throws LabError `run-not-queued`.
   */
  begin(id: number, at: string): void {
    this.#orderWith(id)
    if (this.#continuation.get(id) !== undefined) refuse('run-not-queued', { run: id })
    this.#begin.run({ id, at })
  }

  /**
   * Takes the run out of the queue because it could not start. One that has not begun becomes interrupted at step 0;
   * one that was to be continued keeps its state.
   * @throws LabError `run-not-queued`.
   */
  giveUp(id: number, of: Problem, at: string): void {
    this.#orderWith(id)
    const problem = textOfProblem(of)
    if (this.#removeContinuation.run(id).changes > 0) this.#blame.run(problem, id)
    else this.#giveUp.run({ id, problem, at })
  }

  /**
   * Takes the run out of the queue. One that has not begun is deleted: nothing was computed for it, so only its tags,
   * what is expected of it and the folder of its events refer to it. Its number is not used again.
   * @throws LabError `run-not-queued`.
   */
  cancel(id: number): void {
    this.#orderWith(id)
    if (this.#removeContinuation.run(id).changes > 0) return
    this.#deleteTags.run(id)
    this.#deleteExpectation.run(id)
    this.#deleteEventFolder.run(id)
    this.#delete.run(id)
  }

  #orderWith(id: number): number[] {
    const order = this.order()
    if (!order.includes(id)) refuse('run-not-queued', { run: id })
    return order
  }
}
