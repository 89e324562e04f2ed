import type { Statement } from 'better-sqlite3'
import { z, ZodError } from 'zod'
import { misfitPhrase } from '../../core/words/issuePhrase.ts'
import { phrase, quoted } from '../../core/words/phrases.ts'
import { type Problem, refuse } from '../../core/words/problems.ts'
import { byTag, RunColour, Tag } from '../../core/run/marks.ts'
import { PresetId, RunState } from '../../core/run/run.ts'
import type { Evaluation, RunConfig, RunRequest, RunSummary } from '../../core/run/run.ts'
import { expectationColumns, expectationOf, type ExpectationRow } from './expectations.ts'
import { ConfigReader, storedConfig } from './configs.ts'
import type { Connection } from './connection.ts'
import { problemOfText, textOfProblem } from './storedProblem.ts'
import { originColumns, originOf, type OriginRow } from './weightsOrigins.ts'

interface RunRow extends ExpectationRow, OriginRow {
  readonly id: number
  readonly name: string | null
  readonly note: string
  /** JSON; in no order. */
  readonly tags: string
  readonly star: number
  readonly colour: number | null
  readonly archived: number
  readonly deleted_at: string | null
  readonly sweep: number | null
  readonly repeats: string
  readonly preset: string
  readonly network_name: string | null
  readonly network_version: number | null
  readonly config: string
  readonly config_sha256: string
  readonly goal: number
  readonly evaluate_every: number
  readonly patience: number | null
  readonly train_images: number
  readonly queue_position: number | null
  readonly continues_to: number | null
  readonly continues_health_every: number | null
  readonly state: string
  readonly problem: string | null
  readonly step: number
  readonly training_seconds: number
  readonly evaluation_seconds: number
  readonly waiting_seconds: number
  readonly queued_seconds: number
  readonly event_folder: string | null
  readonly event_problem: string | null
  readonly created_at: string
  readonly ended_at: string | null
  readonly checkpoint_step: number | null
  readonly best_step: number | null
  readonly best_loss: number | null
  readonly best_accuracy: number | null
  readonly best_validation_loss: number | null
  readonly best_validation_accuracy: number | null
  readonly evaluations_since_best: number
  readonly last_step: number | null
  readonly last_loss: number | null
  readonly last_accuracy: number | null
  readonly last_validation_loss: number | null
  readonly last_validation_accuracy: number | null
}

interface NewRun {
  /** Null: the next number. */
  readonly id: number | null
  readonly preset: string
  readonly networkName: string | null
  readonly networkVersion: number | null
  readonly config: string
  readonly sha256: string
  readonly goal: number
  readonly evaluateEvery: number
  readonly patience: number | null
  readonly healthEvery: number | null
  readonly trainImages: number
  readonly state: RunState
  readonly queuePlace: number | null
  readonly at: string
}

// The best evaluation is the one with the highest accuracy, on the validation images if there are any. Among equals,
// the earliest.
const select = `
  SELECT runs.*,
    (SELECT nullif(count(*), 0) FROM queue AS ahead
      WHERE ahead.place <= coalesce(runs.queue_place, continuation.place)) AS queue_position,
    continuation.goal AS continues_to, continuation.health_every AS continues_health_every,
    (SELECT coalesce(sum(evaluation_seconds), 0) FROM evaluations WHERE run = runs.id) AS evaluation_seconds,
    (SELECT max(step) FROM checkpoints WHERE run = runs.id AND present = 1) AS checkpoint_step,
    (SELECT json_group_array(tag) FROM run_tags WHERE run = runs.id) AS tags,
    best.loss AS best_loss, best.accuracy AS best_accuracy,
    best.validation_loss AS best_validation_loss, best.validation_accuracy AS best_validation_accuracy,
    (SELECT count(*) FROM evaluations WHERE run = runs.id AND step > runs.best_step) AS evaluations_since_best,
    last.loss AS last_loss, last.accuracy AS last_accuracy,
    last.validation_loss AS last_validation_loss, last.validation_accuracy AS last_validation_accuracy,
    events.folder AS event_folder, events.problem AS event_problem,
    ${expectationColumns}, ${originColumns}
  FROM runs
  LEFT JOIN queued_continuations AS continuation ON continuation.run = runs.id
  LEFT JOIN event_folders AS events ON events.run = runs.id
  LEFT JOIN expectations AS expected ON expected.run = runs.id
  LEFT JOIN weights_origins AS origin ON origin.sha256 = runs.branch_sha256
  LEFT JOIN evaluations AS best ON best.run = runs.id AND best.step = runs.best_step
  LEFT JOIN evaluations AS last ON last.run = runs.id AND last.step = runs.last_step`

/** The runs themselves: what was requested, their progress, and how they ended. */
export class Runs {
  readonly #file: string
  readonly #configs = new ConfigReader()
  readonly #insert: Statement<NewRun>
  readonly #one: Statement<[number], RunRow>
  readonly #newest: Statement<[number], RunRow>
  readonly #some: Statement<[string], RunRow>
  readonly #kept: Statement<[], { runs: number }>
  readonly #standing: Statement<[number], { state: string; step: number; deletedAt: string | null }>
  readonly #advance: Statement<[number, number, string, number]>
  readonly #waited: Statement<[number, number]>
  readonly #touch: Statement<[string, number]>
  readonly #seeds: Statement<[string], { seed: number }>
  readonly #healthEvery: Statement<[number], { every: number | null }>
  readonly #measureHealthEvery: Statement<[number, number]>
  readonly #continue: Statement<[number, number, number, string | null, string, number]>
  readonly #end: Statement<[string, string | null, string, string, number]>

  /** @param file Path of the history, for messages. */
  constructor(connection: Connection, file: string) {
    this.#file = file
    // The settings that tables and searches of many runs need, as migration 8 read them from older runs.
    this.#insert = connection.prepare(
      `INSERT INTO runs (
         id, preset, network_name, network_version, config, config_sha256, goal, evaluate_every, patience, health_every,
         train_images, state, queue_place, created_at, active_at,
         branch_sha256, repeats, dataset, optimizer, schedule, learning_rate, batch, seed
       ) VALUES (
         @id, @preset, @networkName, @networkVersion, @config, @sha256, @goal, @evaluateEvery, @patience, @healthEvery,
         @trainImages, @state, @queuePlace, @at, @at,
         json_extract(@config, '$.from.sha256'), sha256(json_remove(@config, '$.seed')), json_extract(@config, '$.data.dataset'),
         json_extract(@config, '$.optimizer.kind'), json_extract(@config, '$.schedule.kind'),
         json_extract(@config, '$.schedule.learningRate'), json_extract(@config, '$.batch'),
         json_extract(@config, '$.seed')
       )`,
    )
    this.#one = connection.prepare(`${select} WHERE runs.id = ? AND erasing = 0`)
    this.#newest = connection.prepare(
      `${select} WHERE runs.id IN (
         SELECT id FROM (SELECT id FROM runs WHERE deleted_at IS NULL AND archived = 0 ORDER BY id DESC LIMIT ?)
         UNION SELECT id FROM runs WHERE state IN ('queued', 'training')
         UNION SELECT run FROM queued_continuations
       ) ORDER BY runs.id DESC`,
    )
    this.#some = connection.prepare(
      `${select} WHERE runs.id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL ORDER BY runs.id DESC`,
    )
    this.#kept = connection.prepare('SELECT count(*) AS runs FROM runs WHERE deleted_at IS NULL AND archived = 0')
    this.#standing = connection.prepare(
      'SELECT state, step, deleted_at AS deletedAt FROM runs WHERE id = ? AND erasing = 0',
    )
    this.#advance = connection.prepare('UPDATE runs SET step = ?, training_seconds = ?, active_at = ? WHERE id = ?')
    this.#waited = connection.prepare('UPDATE runs SET waiting_seconds = waiting_seconds + ? WHERE id = ?')
    this.#touch = connection.prepare('UPDATE runs SET active_at = ? WHERE id = ?')
    this.#seeds = connection.prepare("SELECT seed FROM runs WHERE repeats = sha256(json_remove(?, '$.seed'))")
    this.#healthEvery = connection.prepare('SELECT health_every AS every FROM runs WHERE id = ?')
    this.#measureHealthEvery = connection.prepare('UPDATE runs SET health_every = ? WHERE id = ?')
    this.#continue = connection.prepare(
      "UPDATE runs SET state = 'training', ended_at = NULL, step = ?, training_seconds = ?, goal = ?, problem = ?, active_at = ? WHERE id = ?",
    )
    this.#end = connection.prepare('UPDATE runs SET state = ?, problem = ?, ended_at = ?, active_at = ? WHERE id = ?')
  }

  /**
   * Creates a run, training or at a place in the queue.
   * @param id A number that was reserved for it; null: the next one.
   * @returns the number of the new run.
   */
  create(
    request: RunRequest,
    trainImages: number,
    queuePlace: number | null,
    at: string,
    id: number | null = null,
  ): number {
    const { text, sha256 } = storedConfig(request.config)
    const state: RunState = queuePlace === null ? 'training' : 'queued'
    return Number(
      this.#insert.run({
        id,
        preset: request.preset,
        networkName: request.network?.name ?? null,
        networkVersion: request.network?.version ?? null,
        config: text,
        sha256,
        goal: request.goal,
        evaluateEvery: request.evaluateEvery,
        patience: request.patience,
        healthEvery: request.healthEvery ?? null,
        trainImages,
        state,
        queuePlace,
        at,
      }).lastInsertRowid,
    )
  }

  /** The seeds of all runs that differ from a configuration in their seed alone, those in the bin among them. */
  seedsOf(config: RunConfig): Set<number> {
    return new Set(this.#seeds.all(storedConfig(config).text).map(({ seed }) => seed))
  }

  /** @throws LabError `run-unknown`. */
  summary(id: number): RunSummary {
    return this.#summaryOf(this.#one.get(id) ?? refuse('run-unknown', { run: id }))
  }

  /** So many of the newest that are neither archived nor in the bin, and all that train or are in the queue; newest first. */
  newest(most: number): RunSummary[] {
    return this.#newest.all(most).map((row) => this.#summaryOf(row))
  }

  /** How many runs are neither archived nor in the bin. */
  kept(): number {
    return this.#kept.get()?.runs ?? 0
  }

  /** Those of these runs that are there and not in the bin, newest first. */
  some(ids: readonly number[]): RunSummary[] {
    return this.#some.all(JSON.stringify(ids)).map((row) => this.#summaryOf(row))
  }

  /**
   * Only the state and the last step of a run, and since when it is in the bin.
   * @throws LabError `run-unknown`.
   */
  standing(id: number): { state: RunState; step: number; deletedAt: string | null } {
    const row = this.#standing.get(id) ?? refuse('run-unknown', { run: id })
    return { ...row, state: RunState.parse(row.state) }
  }

  advance(id: number, step: number, trainingSeconds: number, at: string): void {
    this.#advance.run(step, trainingSeconds, at, id)
  }

  waited(id: number, seconds: number): void {
    this.#waited.run(seconds, id)
  }

  /** Steps from one measurement of health to the next, as a person has chosen; null where nobody has. */
  chosenHealthEvery(id: number): number | null {
    return this.#healthEvery.get(id)?.every ?? null
  }

  measureHealthEvery(id: number, steps: number): void {
    this.#measureHealthEvery.run(steps, id)
  }

  /** Records when something of the run was last stored. */
  touch(id: number, at: string): void {
    this.#touch.run(at, id)
  }

  continueFrom(
    id: number,
    step: number,
    trainingSeconds: number,
    goal: number,
    passedOver: Problem | null,
    at: string,
  ): void {
    this.#continue.run(step, trainingSeconds, goal, textOfProblem(passedOver), at, id)
  }

  end(id: number, state: RunState, of: Problem | null, at: string): void {
    this.#end.run(state, textOfProblem(of), at, at, id)
  }

  #summaryOf(row: RunRow): RunSummary {
    const config = this.#configOf(row)
    return {
      id: row.id,
      name: row.name,
      note: row.note,
      tags: tagsOf(row.tags),
      star: row.star === 1,
      colour: RunColour.nullable().parse(row.colour),
      archived: row.archived === 1,
      deletedAt: row.deleted_at,
      sweep: row.sweep,
      repeats: row.repeats,
      preset: PresetId.parse(row.preset),
      network: row.network_name === null ? null : { name: row.network_name, version: row.network_version },
      config,
      configSha256: row.config_sha256,
      goal: row.goal,
      evaluateEvery: row.evaluate_every,
      patience: row.patience,
      state: RunState.parse(row.state),
      phase: null,
      computer: null,
      queuePosition: row.queue_position,
      continuation:
        row.continues_to === null ? null : { goal: row.continues_to, healthEvery: row.continues_health_every },
      problem: problemOfText(row.problem),
      step: row.step,
      checkpointStep: row.checkpoint_step,
      trainingSeconds: row.training_seconds,
      evaluationSeconds: row.evaluation_seconds,
      waitingSeconds: row.waiting_seconds,
      queuedSeconds: row.queued_seconds,
      imagesPerSecond: row.training_seconds > 0 ? (row.step * config.batch) / row.training_seconds : null,
      trainImages: row.train_images,
      best: evaluationOf(
        row.best_step,
        row.best_loss,
        row.best_accuracy,
        row.best_validation_loss,
        row.best_validation_accuracy,
      ),
      evaluationsSinceBest: row.evaluations_since_best,
      last: evaluationOf(
        row.last_step,
        row.last_loss,
        row.last_accuracy,
        row.last_validation_loss,
        row.last_validation_accuracy,
      ),
      expectation: expectationOf(row),
      weights: originOf(row),
      eventFolder:
        row.event_folder === null ? null : { folder: row.event_folder, problem: problemOfText(row.event_problem) },
      createdAt: row.created_at,
      endedAt: row.ended_at,
    }
  }

  #configOf(row: RunRow): RunSummary['config'] {
    try {
      return this.#configs.read({ text: row.config, sha256: row.config_sha256 })
    } catch (thrown) {
      const reason =
        thrown instanceof ZodError
          ? misfitPhrase(thrown)
          : quoted(thrown instanceof Error ? thrown.message : String(thrown))
      return refuse(
        'history-damaged',
        { file: this.#file, detail: phrase('configuration-of-run', { run: String(row.id), why: reason }) },
        { cause: thrown },
      )
    }
  }
}

const Tags = z.array(Tag)

/** Tags as a query groups them, in alphabetical order. */
export function tagsOf(json: string): string[] {
  return Tags.parse(JSON.parse(json)).sort(byTag)
}

function evaluationOf(
  step: number | null,
  loss: number | null,
  accuracy: number | null,
  validationLoss: number | null,
  validationAccuracy: number | null,
): Evaluation | null {
  if (step === null || loss === null || accuracy === null) return null
  return {
    step,
    loss,
    accuracy,
    validation:
      validationLoss === null || validationAccuracy === null
        ? null
        : { loss: validationLoss, accuracy: validationAccuracy },
  }
}
