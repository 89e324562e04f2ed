import type { Statement } from 'better-sqlite3'
import { z } from 'zod'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import { RunId, RunState } from '../../core/run/run.ts'
import { SweepReason, SweepState } from '../../core/sweep/sweep.ts'
import { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { type Problem, refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Bin } from './bin.ts'
import type { Connection } from './connection.ts'
import { problemOfText, textOfProblem } from './storedProblem.ts'

const RunIds = z.array(RunId)

interface SweepRow {
  readonly id: number
  readonly plan: string
  readonly runs: number
  readonly state: string
  readonly reason: string | null
  readonly problem: string | null
  readonly created_at: string
  readonly ended_at: string | null
  readonly deleted_at: string | null
  readonly deleted_runs: string
  readonly place: string | null
  readonly job: string | null
  readonly asked: string | null
}

interface TrialRow {
  readonly trial: number
  readonly run: number | null
  readonly trial_problem: string | null
  readonly state: string | null
  readonly goal: number | null
  readonly step: number | null
  readonly problem: string | null
  readonly training_seconds: number | null
  readonly best_step: number | null
  readonly best_accuracy: number | null
  readonly best_loss: number | null
  readonly last_step: number | null
  readonly last_accuracy: number | null
  readonly last_loss: number | null
}

/** What a person asked of a sweep that the cluster has not done yet. */
const Asked = z.enum(['paused', 'cancelled'])

/** A sweep on a cluster. */
export interface StoredCluster {
  readonly place: ClusterPlace
  /** The cluster's name of the job that trains, or may train although its begin was not confirmed; null while none does. */
  readonly job: string | null
  readonly asked: z.infer<typeof Asked> | null
}

/** A job that is still to be stopped on its cluster. */
export interface LeftJob {
  readonly job: string
  readonly sweep: number
  readonly place: ClusterPlace
}

/** A sweep as it is stored. */
export interface StoredSweep {
  readonly id: number
  readonly plan: SweepPlan
  /** How many runs it has at most. */
  readonly runs: number
  readonly state: SweepState
  readonly reason: SweepReason | null
  readonly problem: Problem | null
  readonly createdAt: string
  readonly endedAt: string | null
  /** When it was deleted; null where it was not. */
  readonly deletedAt: string | null
  /** The cluster that it trains on; null: this computer. */
  readonly cluster: StoredCluster | null
}

interface Measured {
  readonly step: number
  readonly accuracy: number
  readonly loss: number
}

/** A trial that was begun, with its run as it stands; null where the run is gone or never was. */
export interface StoredTrial {
  readonly trial: number
  readonly run: {
    readonly id: number
    readonly state: RunState
    readonly goal: number
    readonly step: number
    readonly trainingSeconds: number
    readonly best: Measured | null
    readonly last: Measured | null
    /** The accuracy that evaluations are chosen by, by step. */
    readonly accuracies: ReadonlyMap<number, number>
  } | null
  readonly problem: Problem | null
}

const select = 'SELECT sweeps.*, place, job, asked FROM sweeps LEFT JOIN cluster_sweeps ON sweep = sweeps.id'

// Runs in the bin are gone for their sweep. The best evaluation is that of RunSummary.
const selectTrials = `
  SELECT sweep_trials.trial, sweep_trials.problem AS trial_problem, runs.id AS run, runs.state, runs.goal, runs.step,
    runs.problem, runs.training_seconds,
    best.step AS best_step, best.chosen_by AS best_accuracy, coalesce(best.validation_loss, best.loss) AS best_loss,
    last.step AS last_step, last.chosen_by AS last_accuracy, coalesce(last.validation_loss, last.loss) AS last_loss
  FROM sweep_trials
  LEFT JOIN runs ON runs.id = sweep_trials.run AND runs.deleted_at IS NULL
  LEFT JOIN evaluations AS best ON best.run = runs.id AND best.step = runs.best_step
  LEFT JOIN evaluations AS last ON last.run = runs.id AND last.step = runs.last_step
  WHERE sweep_trials.sweep = ?`

/** A trial of a sweep. */
export interface SweepPlace {
  readonly sweep: number
  readonly trial: number
}

/** Sweeps and their trials. Every call is one transaction, but for `placeTrial`, which is part of another. */
export class Sweeps {
  readonly #access: Access
  readonly #bin: Bin
  readonly #insert: Statement<{ plan: string; runs: number; at: string }>
  readonly #place: Statement<{ id: number; place: string }>
  readonly #setJob: Statement<{ id: number; job: string | null; asked: string | null }>
  readonly #setPlace: Statement<{ id: number; place: string }>
  readonly #erasePlace: Statement<[number]>
  readonly #leaveJob: Statement<[number]>
  readonly #leftJobs: Statement<[], { job: string; sweep: number; place: string }>
  readonly #forgetJob: Statement<[string]>
  readonly #one: Statement<[number], SweepRow>
  readonly #all: Statement<[], SweepRow>
  readonly #set: Statement<{
    id: number
    state: SweepState
    reason: SweepReason | null
    problem: string | null
    ended: string | null
  }>
  readonly #hold: Statement<[]>
  readonly #addTrial: Statement<[number, number, number | null, string | null]>
  readonly #mark: Statement<[number, number]>
  readonly #trials: Statement<[number], TrialRow>
  readonly #trial: Statement<[number, number], TrialRow>
  readonly #accuracies: Statement<[number], { run: number; step: number; accuracy: number }>
  readonly #accuraciesOfRun: Statement<[number], { step: number; accuracy: number }>
  readonly #ofRun: Statement<[number], SweepPlace>
  readonly #delete: Statement<{ id: number; at: string | null; runs: string }>
  readonly #keptRuns: Statement<[number], { run: number }>
  readonly #old: Statement<[string], { id: number }>
  readonly #eraseTrials: Statement<[number]>
  readonly #erase: Statement<[number]>
  readonly #plans = new Map<number, SweepPlan>()

  constructor(connection: Connection, access: Access, bin: Bin) {
    this.#access = access
    this.#bin = bin
    this.#insert = connection.prepare(
      "INSERT INTO sweeps (plan, runs, state, created_at) VALUES (@plan, @runs, 'active', @at)",
    )
    this.#one = connection.prepare(`${select} WHERE id = ?`)
    this.#all = connection.prepare(`${select} ORDER BY id DESC`)
    this.#set = connection.prepare(
      'UPDATE sweeps SET state = @state, reason = @reason, problem = @problem, ended_at = @ended WHERE id = @id',
    )
    this.#hold = connection.prepare(
      `UPDATE sweeps SET state = 'paused', reason = 'opened'
       WHERE state = 'active' AND id NOT IN (SELECT sweep FROM cluster_sweeps)`,
    )
    this.#place = connection.prepare('INSERT INTO cluster_sweeps (sweep, place) VALUES (@id, @place)')
    this.#setJob = connection.prepare('UPDATE cluster_sweeps SET job = @job, asked = @asked WHERE sweep = @id')
    this.#setPlace = connection.prepare('UPDATE cluster_sweeps SET place = @place WHERE sweep = @id')
    this.#leaveJob = connection.prepare(
      'INSERT INTO left_jobs (job, sweep, place) SELECT job, sweep, place FROM cluster_sweeps WHERE sweep = ? AND job IS NOT NULL',
    )
    this.#leftJobs = connection.prepare('SELECT job, sweep, place FROM left_jobs ORDER BY rowid')
    this.#forgetJob = connection.prepare('DELETE FROM left_jobs WHERE job = ?')
    this.#erasePlace = connection.prepare('DELETE FROM cluster_sweeps WHERE sweep = ?')
    this.#addTrial = connection.prepare('INSERT INTO sweep_trials (sweep, trial, run, problem) VALUES (?, ?, ?, ?)')
    this.#mark = connection.prepare('UPDATE runs SET sweep = ? WHERE id = ?')
    this.#trials = connection.prepare(`${selectTrials} ORDER BY sweep_trials.trial`)
    this.#trial = connection.prepare(`${selectTrials} AND sweep_trials.trial = ?`)
    this.#accuracies = connection.prepare(
      `SELECT evaluations.run, evaluations.step, evaluations.chosen_by AS accuracy FROM sweep_trials
       JOIN evaluations ON evaluations.run = sweep_trials.run WHERE sweep_trials.sweep = ?`,
    )
    this.#accuraciesOfRun = connection.prepare('SELECT step, chosen_by AS accuracy FROM evaluations WHERE run = ?')
    this.#delete = connection.prepare('UPDATE sweeps SET deleted_at = @at, deleted_runs = @runs WHERE id = @id')
    this.#keptRuns = connection.prepare(
      `SELECT runs.id AS run FROM sweep_trials JOIN runs ON runs.id = sweep_trials.run
       WHERE sweep_trials.sweep = ? AND runs.deleted_at IS NULL AND runs.erasing = 0 ORDER BY runs.id`,
    )
    this.#old = connection.prepare('SELECT id FROM sweeps WHERE deleted_at <= ?')
    this.#eraseTrials = connection.prepare('DELETE FROM sweep_trials WHERE sweep = ?')
    this.#erase = connection.prepare('DELETE FROM sweeps WHERE id = ?')
    this.#ofRun = connection.prepare('SELECT sweep, trial FROM sweep_trials WHERE run = ?')
  }

  /** Creates a sweep that is under way: on this computer, or on a cluster. */
  create(plan: SweepPlan, runs: number, place: ClusterPlace | null = null): StoredSweep {
    return this.#access.durably(() => {
      const { lastInsertRowid } = this.#insert.run({ plan: canonicalJson(plan), runs, at: new Date().toISOString() })
      const id = Number(lastInsertRowid)
      if (place !== null) this.#place.run({ id, place: canonicalJson(place) })
      return this.#sweep(id)
    })
  }

  /** @throws LabError `sweep-unknown`. */
  sweep(id: number): StoredSweep {
    return this.#access.read(() => this.#sweep(id))
  }

  /** Newest first, deleted ones too. */
  all(): StoredSweep[] {
    return this.#access.read(() => this.#all.all().map((row) => this.#sweepOf(row)))
  }

  /** Stores how a sweep stands. One that is done or cancelled has ended now. */
  set(id: number, state: SweepState, reason: SweepReason | null, of: Problem | null): void {
    const ended = state === 'done' || state === 'cancelled' ? new Date().toISOString() : null
    this.#access.durably(() => this.#set.run({ id, state, reason, problem: textOfProblem(of), ended }))
  }

  /**
   * Deletes a sweep that is not under way, and puts its runs into the bin if they go with it.
   * @returns the runs that went into the bin.
   * @throws LabError `sweep-unknown`, `sweep-deleted`, `sweep-goes-on` or `run-trains`; nothing is deleted then.
   */
  delete(id: number, withRuns: boolean, at: string): number[] {
    return this.#access.durably(() => {
      const { state, deletedAt } = this.#sweep(id)
      if (deletedAt !== null) refuse('sweep-deleted', { sweep: id })
      if (state === 'active') refuse('sweep-goes-on', { sweep: id })
      const runs = withRuns ? this.#keptRuns.all(id).map(({ run }) => run) : []
      this.#bin.putWithin(runs, at)
      this.#leaveWithin(id)
      this.#delete.run({ id, at, runs: JSON.stringify(runs) })
      return runs
    })
  }

  /**
   * Restores a deleted sweep with those of the runs that went into the bin with it and still lie there.
   * @returns the runs that came out of the bin.
   * @throws LabError `sweep-unknown` or `sweep-not-deleted`.
   */
  restore(id: number): number[] {
    return this.#access.durably(() => {
      const row = this.#one.get(id) ?? refuse('sweep-unknown', { sweep: id })
      if (row.deleted_at === null) refuse('sweep-not-deleted', { sweep: id })
      this.#delete.run({ id, at: null, runs: '[]' })
      return this.#bin.restoreWithin(RunIds.parse(JSON.parse(row.deleted_runs)))
    })
  }

  /**
   * Erases the sweeps that were deleted at this moment or before. Their runs are the bin's.
   * @param until ISO 8601 in UTC
   */
  erase(until: string): void {
    this.#access.durably(() => {
      for (const { id } of this.#old.all(until)) {
        this.#eraseTrials.run(id)
        this.#erasePlace.run(id)
        this.#erase.run(id)
      }
    })
  }

  /** Stores which job of its cluster trains a sweep, and what a person asked of it. */
  setJob(id: number, job: string | null, asked: StoredCluster['asked'] = null): void {
    this.#access.durably(() => this.#setJob.run({ id, job, asked }))
  }

  /** Stores on which cluster a sweep goes on. */
  setPlace(id: number, place: ClusterPlace): void {
    this.#access.durably(() => this.#setPlace.run({ id, place: canonicalJson(place) }))
  }

  /** Lets go of the job of a sweep, which is still to be stopped on its cluster. */
  leaveJob(id: number): void {
    this.#access.durably(() => this.#leaveWithin(id))
  }

  /** Jobs that are still to be stopped, those first that were left first. */
  leftJobs(): LeftJob[] {
    return this.#access.read(() =>
      this.#leftJobs
        .all()
        .map(({ job, sweep, place }) => ({ job, sweep, place: ClusterPlace.parse(JSON.parse(place)) })),
    )
  }

  /** A job that was left has been stopped, or is gone. */
  forgetJob(job: string): void {
    this.#access.durably(() => this.#forgetJob.run(job))
  }

  /** Lets all sweeps that are under way on this computer wait for a person. */
  hold(): void {
    this.#access.durably(() => this.#hold.run())
  }

  /** Records why a trial could not begin. */
  giveUpTrial(sweep: number, trial: number, of: Problem): void {
    this.#access.durably(() => this.placeTrial(sweep, trial, null, of))
  }

  /** Records the run of a trial, or why it has none. Call it within a transaction. */
  placeTrial(sweep: number, trial: number, run: number | null, of: Problem | null): void {
    this.#addTrial.run(sweep, trial, run, textOfProblem(of))
    if (run !== null) this.#mark.run(sweep, run)
  }

  /** All trials that were begun, in their order. */
  trials(sweep: number): StoredTrial[] {
    return this.#access.read(() => {
      const accuracies = new Map<number, Map<number, number>>()
      for (const { run, step, accuracy } of this.#accuracies.all(sweep)) {
        const known = accuracies.get(run) ?? new Map<number, number>()
        accuracies.set(run, known.set(step, accuracy))
      }
      return this.#trials.all(sweep).map((row) => trialOf(row, accuracies.get(row.run ?? 0) ?? new Map()))
    })
  }

  /** One trial; null where it was not begun. */
  trial(sweep: number, trial: number): StoredTrial | null {
    return this.#access.read(() => {
      const row = this.#trial.get(sweep, trial)
      if (row === undefined) return null
      const accuracies = row.run === null ? [] : this.#accuraciesOfRun.all(row.run)
      return trialOf(row, new Map(accuracies.map(({ step, accuracy }) => [step, accuracy])))
    })
  }

  /** The trial that a run is of; null for none. */
  ofRun(run: number): SweepPlace | null {
    return this.#access.read(() => this.#ofRun.get(run) ?? null)
  }

  #leaveWithin(id: number): void {
    this.#leaveJob.run(id)
    this.#setJob.run({ id, job: null, asked: null })
  }

  #sweep(id: number): StoredSweep {
    return this.#sweepOf(this.#one.get(id) ?? refuse('sweep-unknown', { sweep: id }))
  }

  #sweepOf(row: SweepRow): StoredSweep {
    const plan = this.#plans.get(row.id) ?? SweepPlan.parse(JSON.parse(row.plan))
    this.#plans.set(row.id, plan)
    return {
      id: row.id,
      plan,
      runs: row.runs,
      state: SweepState.parse(row.state),
      reason: row.reason === null ? null : SweepReason.parse(row.reason),
      problem: problemOfText(row.problem),
      createdAt: row.created_at,
      endedAt: row.ended_at,
      deletedAt: row.deleted_at,
      cluster:
        row.place === null
          ? null
          : {
              place: ClusterPlace.parse(JSON.parse(row.place)),
              job: row.job,
              asked: row.asked === null ? null : Asked.parse(row.asked),
            },
    }
  }
}

function measuredOf(step: number | null, accuracy: number | null, loss: number | null): Measured | null {
  return step === null || accuracy === null || loss === null ? null : { step, accuracy, loss }
}

function trialOf(row: TrialRow, accuracies: ReadonlyMap<number, number>): StoredTrial {
  const { run, state, goal, step, training_seconds: trainingSeconds } = row
  const isThere = run !== null && state !== null && goal !== null && step !== null && trainingSeconds !== null
  return {
    trial: row.trial,
    run: isThere
      ? {
          id: run,
          state: RunState.parse(state),
          goal,
          step,
          trainingSeconds,
          best: measuredOf(row.best_step, row.best_accuracy, row.best_loss),
          last: measuredOf(row.last_step, row.last_accuracy, row.last_loss),
          accuracies,
        }
      : null,
    problem: problemOfText(row.problem ?? row.trial_problem),
  }
}
