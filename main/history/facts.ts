import type { Statement } from 'better-sqlite3'
import { setImmediate as turn } from 'node:timers/promises'
import type { RunFacts } from '../../core/query/runFacts.ts'
import { RunColour } from '../../core/run/marks.ts'
import { offBy, reachedAccuracy } from '../../core/expectations/judged.ts'
import { settingAt, type SettingValue } from '../../core/run/settingPath.ts'
import { PresetId, RunState } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'
import { tagsOf } from './runs.ts'

interface FactsRow {
  readonly id: number
  readonly name: string | null
  readonly note: string
  /** JSON; in no order. Null for a run without tags. */
  readonly tags: string | null
  readonly star: number
  readonly colour: number | null
  readonly archived: number
  readonly deleted_at: string | null
  readonly dataset: string
  readonly preset: string
  readonly network_name: string | null
  readonly optimizer: string
  readonly schedule: string
  readonly learning_rate: number
  readonly batch: number
  readonly seed: number
  readonly goal: number
  readonly train_images: number
  readonly step: number
  readonly state: string
  readonly training_seconds: number
  readonly bytes: number | null
  readonly sweep: number | null
  readonly repeats: string
  readonly created_at: string
  readonly ended_at: string | null
  readonly best_step: number | null
  readonly best_accuracy: number | null
  readonly best_loss: number | null
  readonly last_step: number | null
  readonly last_accuracy: number | null
  readonly last_loss: number | null
  /** On the test set, also where images are held out for validation. */
  readonly last_test_accuracy: number | null
  readonly expected: number | null
}

const select = `
  SELECT runs.id, name, note, star, colour, archived, deleted_at, dataset, preset, network_name, optimizer, schedule,
    learning_rate, batch, seed, goal, train_images, runs.step, state, training_seconds, sweep, repeats,
    runs.created_at, ended_at, best_step, last_step,
    best.chosen_by AS best_accuracy, coalesce(best.validation_loss, best.loss) AS best_loss,
    last.chosen_by AS last_accuracy, coalesce(last.validation_loss, last.loss) AS last_loss,
    last.accuracy AS last_test_accuracy, expectations.accuracy AS expected,
    (SELECT json_group_array(tag) FROM run_tags WHERE run = runs.id) AS tags,
    (SELECT sum(bytes) FROM checkpoints WHERE run = runs.id AND present = 1) AS bytes
  FROM runs
  LEFT JOIN expectations ON expectations.run = runs.id
  LEFT JOIN evaluations AS best ON best.run = runs.id AND best.step = best_step
  LEFT JOIN evaluations AS last ON last.run = runs.id AND last.step = last_step`

/** Rows that are read in one turn of the event loop. */
const rowsAtOnce = 500
const configsAtOnce = 100
/** How many settings of all runs are kept. */
const mostSettings = 64

/** Every write that changes what is told of a run, whoever makes it. */
const changes = [
  ['runs', 'UPDATE', 'new.id'],
  ['runs', 'INSERT', 'new.id'],
  ['runs', 'DELETE', 'old.id'],
  ['checkpoints', 'UPDATE', 'new.run'],
  ['checkpoints', 'INSERT', 'new.run'],
  ['checkpoints', 'DELETE', 'old.run'],
  ['run_tags', 'INSERT', 'new.run'],
  ['run_tags', 'DELETE', 'old.run'],
  ['expectations', 'INSERT', 'new.run'],
  ['expectations', 'DELETE', 'old.run'],
] as const

/**
 * What tables and searches need of every run, kept in memory: read in pieces when it is first asked for, and of a run
 * that has changed since, again when it is next asked for.
 */
export class Facts {
  readonly #connection: Connection
  readonly #access: Access
  /** What is shown of a run whose end could not be stored. */
  readonly #asItRests: (facts: RunFacts) => RunFacts
  readonly #after: Statement<[number, number], FactsRow>
  readonly #some: Statement<[string], FactsRow>
  readonly #configs: Statement<[string], { repeats: string; config: string }>
  /** By ascending number. */
  readonly #facts = new Map<number, RunFacts>()
  readonly #changed = new Set<number>()
  /** Of each setting, its values by the `repeats` of runs, which have it in common. The seed is among the facts. */
  readonly #settings = new Map<string, Map<string, SettingValue>>()
  /** The facts as a list; null when something has changed. */
  #list: readonly RunFacts[] | null = null
  #reading: Promise<void> | null = null

  constructor(connection: Connection, access: Access, asItRests: (facts: RunFacts) => RunFacts) {
    this.#connection = connection
    this.#access = access
    this.#asItRests = asItRests
    this.#after = connection.prepare(`${select} WHERE runs.id > ? AND erasing = 0 ORDER BY runs.id LIMIT ?`)
    this.#some = connection.prepare(
      `${select} WHERE runs.id IN (SELECT value FROM json_each(?)) AND erasing = 0 ORDER BY runs.id`,
    )
    this.#configs = connection.prepare('SELECT repeats, config FROM runs WHERE id IN (SELECT value FROM json_each(?))')
    connection.function('run_changed', (run: unknown) => {
      this.#changed.add(Number(run))
      return null
    })
    for (const [table, change, run] of changes)
      connection.exec(
        `CREATE TEMP TRIGGER ${table}_${change} AFTER ${change} ON main.${table} BEGIN SELECT run_changed(${run}); END`,
      )
  }

  /** Says that a run is shown otherwise than it is stored, or no longer. */
  noteChange(run: number): void {
    this.#changed.add(run)
  }

  /**
   * The facts of all runs, those in the bin included, by ascending number. While nothing changes it is the same list.
   */
  async all(): Promise<readonly RunFacts[]> {
    this.#reading ??= this.#readAll()
    try {
      await this.#reading
    } catch (thrown) {
      this.#reading = null
      throw thrown
    }
    while (this.#changed.size > 0) {
      this.#refresh()
      if (this.#changed.size > 0) await this.#nextTurn()
    }
    this.#list ??= [...this.#facts.values()]
    return this.#list
  }

  /**
   * Reads settings of runs, so that they are there at once then. A run that does not have a setting has null.
   * @param paths as `flatSettings` names them
   */
  async settings(
    paths: readonly string[],
    runs: readonly RunFacts[],
  ): Promise<(path: string, facts: RunFacts) => SettingValue> {
    const columns = new Map<string, Map<string, SettingValue>>()
    for (const path of paths) {
      const column = this.#settings.get(path) ?? new Map<string, SettingValue>()
      // The one that was used last is the last.
      this.#settings.delete(path)
      this.#settings.set(path, column)
      columns.set(path, column)
    }
    for (const path of this.#settings.keys()) {
      if (this.#settings.size <= mostSettings) break
      this.#settings.delete(path)
    }
    const wanted = new Map(
      runs
        .filter(({ repeats }) => [...columns.values()].some((column) => !column.has(repeats)))
        .map(({ repeats, id }) => [repeats, id]),
    )
    const ids = [...wanted.values()]
    for (let from = 0; from < ids.length; from += configsAtOnce) {
      if (from > 0) await this.#nextTurn()
      this.#readConfigs(ids.slice(from, from + configsAtOnce), columns)
    }
    return (path, { repeats }) => columns.get(path)?.get(repeats) ?? null
  }

  #readConfigs(ids: readonly number[], columns: ReadonlyMap<string, Map<string, SettingValue>>): void {
    const rows = this.#access.read(() => this.#configs.all(JSON.stringify(ids)))
    for (const { repeats, config } of rows) {
      const read = this.#access.read((): unknown => JSON.parse(config))
      for (const [path, column] of columns) column.set(repeats, settingAt(read, path) ?? null)
    }
  }

  async #readAll(): Promise<void> {
    this.#changed.clear()
    for (let last = 0; ;) {
      const rows = this.#access.read(() => this.#after.all(last, rowsAtOnce).map((row) => this.#factsOf(row)))
      for (const facts of rows) this.#facts.set(facts.id, facts)
      if (rows.length < rowsAtOnce) return
      last = rows[rows.length - 1].id
      await this.#nextTurn()
    }
  }

  /** Reads changed runs again, the first of them first, so that new ones come in the order of their numbers. */
  #refresh(): void {
    const ids = [...this.#changed].sort((one, other) => one - other).slice(0, rowsAtOnce)
    this.#list = null
    const rows = this.#access.read(() => this.#some.all(JSON.stringify(ids)).map((row) => this.#factsOf(row)))
    const read = new Map(rows.map((facts) => [facts.id, facts]))
    for (const id of ids) {
      const facts = read.get(id)
      if (facts === undefined) this.#facts.delete(id)
      else this.#facts.set(id, facts)
      this.#changed.delete(id)
    }
  }

  #factsOf(row: FactsRow): RunFacts {
    return this.#asItRests(factsOf(row))
  }

  async #nextTurn(): Promise<void> {
    await turn()
    if (!this.#connection.open) refuse('lab-closing', {})
  }
}

function factsOf(row: FactsRow): RunFacts {
  const state = RunState.parse(row.state)
  return {
    id: row.id,
    name: row.name,
    note: row.note,
    tags: row.tags === null || row.tags === '[]' ? [] : tagsOf(row.tags),
    star: row.star === 1,
    colour: RunColour.nullable().parse(row.colour),
    archived: row.archived === 1,
    deletedAt: row.deleted_at,
    set: row.dataset,
    preset: PresetId.parse(row.preset),
    network: row.network_name,
    optimizer: row.optimizer,
    schedule: row.schedule,
    rate: row.learning_rate,
    batch: row.batch,
    seed: row.seed,
    steps: row.goal,
    epochs: (row.goal * row.batch) / row.train_images,
    step: row.step,
    state,
    best: measured(row.best_step, row.best_accuracy, row.best_loss),
    last: measured(row.last_step, row.last_accuracy, row.last_loss),
    expected: row.expected,
    off: offBy(row.expected, reachedAccuracy(state, row.last_test_accuracy)),
    seconds: row.training_seconds,
    bytes: row.bytes ?? 0,
    sweep: row.sweep,
    repeats: row.repeats,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}

function measured(step: number | null, accuracy: number | null, loss: number | null): RunFacts['best'] {
  return step === null || accuracy === null || loss === null ? null : { step, accuracy, loss }
}
