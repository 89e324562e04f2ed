import type { Statement } from 'better-sqlite3'
import type { RecordedRun } from '../../core/example/recordedRun.ts'
import { nameKey } from '../../core/words/nameKey.ts'
import type { Access } from './access.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { Connection } from './connection.ts'
import type { Evaluations } from './evaluations.ts'
import type { HealthRecords } from './health.ts'
import type { Metrics } from './metrics.ts'
import type { Runs } from './runs.ts'
import type { Stretches } from './stretches.ts'

/** A recorded run under the number that was reserved for it, and what is said of it. */
export interface NumberedRun {
  readonly id: number
  readonly name: string
  readonly note: string
  readonly tag: string
  readonly recorded: RecordedRun
}

/** The tables in which a run is written down. */
interface Parts {
  readonly runs: Runs
  readonly metrics: Metrics
  readonly evaluations: Evaluations
  readonly health: HealthRecords
  readonly checkpoints: Checkpoints
  readonly stretches: Stretches
}

interface Standing {
  readonly id: number
  readonly name: string
  readonly note: string
  readonly step: number
  readonly trainingSeconds: number
  readonly waitingSeconds: number
  readonly endedAt: string
}

/** The runs of the example that comes with Conv Lab. */
export class ExampleRuns {
  readonly #access: Access
  readonly #parts: Parts
  readonly #present: Statement<[], number>
  readonly #lastNumber: Statement<[], number>
  readonly #haveNumbers: Statement<[]>
  readonly #reserve: Statement<[number]>
  readonly #rest: Statement<[Standing]>
  readonly #tag: Statement<[number, string, string]>
  readonly #others: Statement<[string], number>

  constructor(connection: Connection, access: Access, parts: Parts) {
    this.#access = access
    this.#parts = parts
    this.#present = connection
      .prepare<[], number>('SELECT id FROM runs WHERE example = 1 AND deleted_at IS NULL ORDER BY id')
      .pluck()
    // SQLite gives every new run a higher number than this.
    this.#lastNumber = connection.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'runs'").pluck()
    this.#haveNumbers = connection.prepare(
      "INSERT INTO sqlite_sequence (name, seq) SELECT 'runs', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'runs')",
    )
    this.#reserve = connection.prepare("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'runs'")
    this.#rest = connection.prepare(
      `UPDATE runs SET state = 'done', example = 1, name = @name, note = @note, step = @step,
         training_seconds = @trainingSeconds, waiting_seconds = @waitingSeconds, ended_at = @endedAt, active_at = @endedAt
       WHERE id = @id`,
    )
    this.#tag = connection.prepare('INSERT INTO run_tags (run, tag_key, tag) VALUES (?, ?, ?)')
    this.#others = connection
      .prepare<[string], number>('SELECT count(*) FROM runs WHERE dataset = ? AND example = 0 AND deleted_at IS NULL')
      .pluck()
  }

  /** The numbers of its runs that do not lie in the bin, ascending. */
  present(): number[] {
    return this.#access.read(() => this.#present.all())
  }

  /** How many runs of a data set are a person's own and do not lie in the bin. */
  ownRunsOn(dataset: string): number {
    return this.#access.read(() => this.#others.get(dataset) ?? 0)
  }

  /**
   * Sets numbers aside that no other run gets, so that files can be written under them before their rows are there.
   * @returns so many numbers, ascending.
   */
  reserve(count: number): number[] {
    return this.#access.durably(() => {
      this.#haveNumbers.run()
      const last = this.#lastNumber.get() ?? 0
      this.#reserve.run(count)
      return Array.from({ length: count }, (_, index) => last + 1 + index)
    })
  }

  /** Adds the runs, whose checkpoint files are there: all of them, or none if one cannot be stored. */
  add(runs: readonly NumberedRun[]): void {
    this.#access.durably(() => {
      for (const run of runs) this.#addOne(run)
    })
  }

  #addOne({ id, name, note, tag, recorded }: NumberedRun): void {
    const { runs, metrics, evaluations, health, checkpoints, stretches } = this.#parts
    const { request, steps, createdAt, endedAt } = recorded
    const last = steps.loss.length
    runs.create(request, recorded.trainImages, null, createdAt, id)
    stretches.begin(id, 0, recorded.engine, null, createdAt)
    metrics.add(id, 1, steps.loss, steps.accuracy, steps.seconds)
    for (const { evaluationSeconds, ...evaluation } of recorded.evaluations)
      evaluations.add(id, evaluation, evaluationSeconds)
    for (const measured of recorded.health) health.add(id, measured)
    for (const { trainingSeconds, ...checkpoint } of recorded.checkpoints)
      checkpoints.add(id, checkpoint, trainingSeconds)
    stretches.end(id, last, 'done', endedAt)
    this.#rest.run({
      id,
      name,
      note,
      step: last,
      trainingSeconds: steps.seconds[last - 1],
      waitingSeconds: recorded.waitingSeconds,
      endedAt,
    })
    this.#tag.run(id, nameKey(tag), tag)
  }
}
