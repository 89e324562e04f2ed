import { LabError, problemOf, refuse } from '../../core/words/problems.ts'
import type { Problem } from '../../core/words/problems.ts'
import type { CommonEvaluations, RunPair } from '../../core/compare/commonEvaluations.ts'
import { comparisonOf, type RunsComparison } from '../../core/compare/comparison.ts'
import type { UpTo } from '../../core/compare/equalFooting.ts'
import type { Health } from '../../core/health/health.ts'
import type { Curve } from '../../core/run/curve.ts'
import { usualHealthEvery } from '../../core/health/healthBatch.ts'
import type {
  HealthQuestion,
  HealthRowsQuestion,
  HistogramsQuestion,
  LayerHistograms,
  RunHealth,
} from '../../core/health/healthQuestions.ts'
import type { Network } from '../../core/network/network.ts'
import type { NetworkEntry, NetworkVersion, SavedNetwork } from '../../core/network/savedNetwork.ts'
import type { EvaluationsQuestion, MetricRows, StepsQuestion, TimedEvaluation } from '../../core/run/metricRows.ts'
import type { QueueMove } from '../../core/run/queue.ts'
import { isContinuable } from '../../core/run/run.ts'
import type {
  Checkpoint,
  Continuation,
  EngineIdentity,
  Evaluation,
  Metric,
  OwnOfRun,
  RunToBegin,
  RunDetail,
  RestState,
  RunConfig,
  RunRequest,
  RunState,
  RunSummary,
} from '../../core/run/run.ts'
import type { Preferences } from '../../core/contract/windowContract.ts'
import type { RunFacts } from '../../core/query/runFacts.ts'
import type { Home } from '../files/places.ts'
import type { Access } from './access.ts'
import { Bin } from './bin.ts'
import { BranchRows } from './branchRows.ts'
import { Checkpoints } from './checkpoints.ts'
import { Choices } from './choices.ts'
import type { Connection } from './connection.ts'
import { Curves } from './curves.ts'
import { Evaluations } from './evaluations.ts'
import { EventFolders } from './eventFolders.ts'
import { Expectations } from './expectations.ts'
import { ExampleRuns } from './exampleRuns.ts'
import { Facts } from './facts.ts'
import { type HealthRange, HealthRecords } from './health.ts'
import { Lessons } from './lessons.ts'
import { Marks } from './marks.ts'
import { Metrics } from './metrics.ts'
import { Networks } from './networks.ts'
import { sqliteVersion } from './connection.ts'
import { openConnection } from './open.ts'
import { readPreferences, writePreferences } from './preferences.ts'
import { Queue } from './queue.ts'
import { Runs } from './runs.ts'
import { RunTable } from './runTable.ts'
import { Space } from './space.ts'
import { withProblems } from './storageProblem.ts'
import { Stretches } from './stretches.ts'
import { Sweeps, type SweepPlace } from './sweeps.ts'
import { atomically, durably } from './transactions.ts'
import { Views } from './views.ts'
import { WeightsOrigins } from './weightsOrigins.ts'

/**
 * The part of a curve to draw in `points` pixels. The range includes the steps at both ends. An end left out is that of
 * the run.
 */
export interface CurveQuery {
  readonly run: number
  readonly metric: Metric
  readonly points: number
  readonly from?: number
  readonly to?: number
}

/** A checkpoint whose file is on disk, with the training time from step 0 to its step. */
export interface WrittenCheckpoint {
  readonly checkpoint: Checkpoint
  readonly trainingSeconds: number
}

/** How and when a run ended, with its last checkpoint if that is to be stored together with the end. */
interface End {
  readonly id: number
  readonly state: RestState
  readonly problem: Problem | null
  readonly last: WrittenCheckpoint | null
  readonly at: string
}

function now(): string {
  return new Date().toISOString()
}

/**
 * All facts of a home folder: runs, metrics, evaluations, checkpoints, stretches, networks, preferences. Every call is one
 * transaction. Besides the errors named at a method, each call can throw LabError `disk-full`, `write-failed` or
 * `history-damaged`; nothing of that call is stored then.
 */
export class History {
  readonly #home: Home
  readonly #connection: Connection
  readonly #runs: Runs
  readonly #queue: Queue
  readonly #metrics: Metrics
  readonly #evaluations: Evaluations
  readonly #health: HealthRecords
  readonly #checkpoints: Checkpoints
  readonly #stretches: Stretches
  readonly #curves: Curves
  readonly #networks: Networks
  /** Sweeps, and which runs are theirs. Its calls are transactions like those here. */
  readonly sweeps: Sweeps
  /** What a person says of runs. */
  readonly marks: Marks
  readonly bin: Bin
  /** Which checkpoints branches need. */
  readonly branches: BranchRows
  /** Where weights from elsewhere came from. */
  readonly weightsOrigins: WeightsOrigins
  /** All runs as a table that can be searched. */
  readonly table: RunTable
  readonly space: Space
  readonly views: Views
  readonly choices: Choices
  /** The runs of the example that comes with Conv Lab. */
  readonly example: ExampleRuns
  readonly lessons: Lessons
  /** What a person expects of runs, and what has come of it. */
  readonly expectations: Expectations
  readonly eventFolders: EventFolders
  readonly #facts: Facts
  readonly #refuseIfTaken: () => void
  /** An end that could not be stored yet, and the reason. */
  #unstored: (End & { readonly why: Problem }) | null = null

  constructor(home: Home, connection: Connection, refuseIfTaken: () => void = () => undefined) {
    this.#home = home
    this.#refuseIfTaken = refuseIfTaken
    this.#connection = connection
    this.#runs = new Runs(connection, home.history)
    this.#queue = new Queue(connection)
    this.#metrics = new Metrics(connection)
    this.#evaluations = new Evaluations(connection)
    this.#health = new HealthRecords(connection)
    this.#checkpoints = new Checkpoints(connection)
    this.#stretches = new Stretches(connection)
    this.#curves = new Curves(connection)
    this.#networks = new Networks(connection)
    const access: Access = {
      read: (action) => this.#read(action),
      atomically: (action) => this.#atomically(action),
      durably: (action) => this.#durably(action),
    }
    this.marks = new Marks(connection, access)
    this.bin = new Bin(connection, access)
    this.branches = new BranchRows(connection, access)
    this.weightsOrigins = new WeightsOrigins(connection, access)
    this.sweeps = new Sweeps(connection, access, this.bin)
    this.space = new Space(connection, access)
    this.views = new Views(connection, access)
    this.choices = new Choices(connection, access)
    this.example = new ExampleRuns(connection, access, {
      runs: this.#runs,
      metrics: this.#metrics,
      evaluations: this.#evaluations,
      health: this.#health,
      checkpoints: this.#checkpoints,
      stretches: this.#stretches,
    })
    this.lessons = new Lessons(connection, access)
    this.expectations = new Expectations(connection, access)
    this.eventFolders = new EventFolders(connection, access)
    this.#facts = new Facts(connection, access, (facts) => this.#factsAsTheyRest(facts))
    this.table = new RunTable(this.#facts)
  }

  /**
   * Opens the history of a home folder as its only owner, or creates it. Runs that a crash left training become
   * interrupted. Checkpoint files without a row are deleted.
   * @param refuseIfTaken Called before each use. It throws once another computer uses the history, and nothing is read
   *   or written then.
   * @throws LabError `home-in-use`, `history-damaged` or `history-newer`; every file is unchanged then.
   */
  static open(home: Home, refuseIfTaken?: () => void): History {
    return new History(home, openConnection(home), refuseIfTaken)
  }

  /**
   * Creates a run in state `training`. What is expected of it is locked.
   * @throws LabError as `Expectations.addWithin` and `EventFolders.addWithin`.
   */
  createRun(request: RunRequest, trainImages: number, own: OwnOfRun = {}): RunSummary {
    return this.#durably(() => {
      const at = now()
      return this.#withOwn(own, this.#runs.create(request, trainImages, null, at), at)
    })
  }

  /** Creates the run of a trial of a sweep, in state `training`. */
  createTrial(request: RunRequest, trainImages: number, { sweep, trial }: SweepPlace): RunSummary {
    return this.#durably(() => {
      const run = this.#runs.create(request, trainImages, null, now())
      this.sweeps.placeTrial(sweep, trial, run, null)
      return this.#runs.summary(run)
    })
  }

  /**
   * Adds a run at the end of the queue, in state `queued`.
   * @throws LabError as `Expectations.addWithin` and `EventFolders.addWithin`.
   */
  queueRun(request: RunRequest, trainImages: number, own: OwnOfRun = {}): RunSummary {
    return this.#durably(() => {
      const at = now()
      return this.#withOwn(own, this.#runs.create(request, trainImages, this.#queue.placeAtEnd(), at), at)
    })
  }

  /** Adds runs at the end of the queue in this order: all of them, or none if one cannot be stored. */
  queueRuns(runs: readonly RunToBegin[], trainImages: number): RunSummary[] {
    return this.#durably(() =>
      runs.map(({ expectation, eventFolder, ...request }) => {
        const at = now()
        const run = this.#runs.create(request, trainImages, this.#queue.placeAtEnd(), at)
        return this.#withOwn({ expectation, eventFolder }, run, at)
      }),
    )
  }

  /** The seeds of all runs that differ from a configuration in their seed alone, those in the bin among them. */
  seedsOf(config: RunConfig): Set<number> {
    return this.#read(() => this.#runs.seedsOf(config))
  }

  /**
   * Adds a run at rest at the end of the queue, to be continued when its turn comes. It keeps its state until then.
   * @throws LabError `run-unknown`, `run-in-bin`, `run-queued`, `run-in-progress` or `run-not-continuable`.
   */
  queueContinuation(id: number, continuation: Continuation): RunSummary {
    return this.#durably(() => {
      const { queuePosition } = this.#runs.summary(id)
      if (queuePosition !== null) refuse('run-queued', { run: id, position: queuePosition })
      this.#checkContinuable(id)
      this.#queue.addContinuation(id, continuation)
      return this.#runs.summary(id)
    })
  }

  /** Numbers of the runs in the queue, the next one first. */
  queue(): number[] {
    return this.#read(() => this.#queue.order())
  }

  /** @throws LabError `run-unknown` or `run-not-queued`. */
  moveQueued(id: number, to: QueueMove): RunSummary {
    return this.#changeQueued(id, () => this.#queue.move(id, to))
  }

  /**
   * Sets a queued run training that has not begun. `continueRun` takes one out that is to be continued.
   * @throws LabError `run-unknown` or `run-not-queued`.
   */
  beginQueued(id: number): RunSummary {
    return this.#changeQueued(id, () => this.#queue.begin(id, now()))
  }

  /**
   * Removes a run that cannot start from the queue, for this reason. One that has not begun becomes interrupted at
   * step 0, and can be continued from there; another keeps its state.
   * @throws LabError `run-unknown` or `run-not-queued`.
   */
  giveUpQueued(id: number, of: Problem): RunSummary {
    return this.#changeQueued(id, () => this.#queue.giveUp(id, of, now()))
  }

  /**
   * Takes a run out of the queue. One that has not begun is deleted, and its number is not used again.
   * @throws LabError `run-unknown` or `run-not-queued`.
   */
  cancelQueued(id: number): void {
    this.#durably(() => {
      this.#runs.standing(id)
      this.#queue.cancel(id)
    })
  }

  /** @throws LabError `run-unknown`. */
  run(id: number): RunSummary {
    return this.#read(() => this.#asItRests(this.#runs.summary(id)))
  }

  /**
   * So many of the newest runs that are neither archived nor in the bin, and besides them all that train or are in the
   * queue; newest first.
   */
  runs(most = 100): RunSummary[] {
    return this.#read(() => this.#runs.newest(most).map((run) => this.#asItRests(run)))
  }

  /** How many runs are neither archived nor in the bin. */
  keptRuns(): number {
    return this.#read(() => this.#runs.kept())
  }

  /** Those of these runs that are there and not in the bin, newest first. */
  someRuns(ids: readonly number[]): RunSummary[] {
    return this.#read(() => this.#runs.some(ids).map((run) => this.#asItRests(run)))
  }

  /** @throws LabError `run-unknown`. */
  detail(id: number): RunDetail {
    return this.#read(() => ({
      ...this.#asItRests(this.#runs.summary(id)),
      checkpoints: this.#checkpoints.all(id),
      stretches: this.#stretches.all(id),
    }))
  }

  /** @throws LabError `run-unknown`. */
  newestCheckpoint(id: number): Checkpoint | null {
    return this.#read(() => {
      this.#runs.standing(id)
      return this.#checkpoints.newest(id)
    })
  }

  /** @throws LabError `run-unknown` or `checkpoint-unknown`. */
  checkpoint(id: number, step: number): Checkpoint {
    return this.#read(() => {
      this.#runs.standing(id)
      return this.#checkpoints.at(id, step)
    })
  }

  /**
   * All checkpoints ever written, by ascending step. Includes those that do not count because their file is missing or
   * truncated.
   * @throws LabError `run-unknown`.
   */
  writtenCheckpoints(id: number): Checkpoint[] {
    return this.#read(() => {
      this.#runs.standing(id)
      return this.#checkpoints.written(id)
    })
  }

  /**
   * Sets a run training again from one of its checkpoints, or from step 0. Later metrics, evaluations and checkpoints
   * are deleted, and the training time becomes that of the checkpoint. The files of the deleted checkpoints are
   * overwritten when the run reaches their steps again, or deleted at the next opening. A run that waits in the queue to be
   * continued leaves it.
   * @param passedOver Why it does not continue from its newest checkpoint; null when it does.
   * @param healthEvery Steps from one measurement of health to the next from now on; left out: as before.
   * @throws LabError `run-unknown`, `run-in-bin`, `run-in-progress`, `run-not-continuable` or `checkpoint-unknown`.
   */
  continueRun(
    id: number,
    fromStep: number,
    goal: number,
    passedOver: Problem | null = null,
    healthEvery?: number,
  ): RunSummary {
    return this.#durably(() => {
      this.#checkContinuable(id)
      // Step 0 can be made again from the seed alone. A run whose engine never came up begins again this way.
      if (fromStep > 0) this.#checkpoints.found(id, fromStep)
      this.#metrics.rewind(id, fromStep)
      this.#evaluations.rewind(id, fromStep)
      this.#health.rewind(id, fromStep)
      if (healthEvery !== undefined) this.#runs.measureHealthEvery(id, healthEvery)
      this.#checkpoints.rewind(id, fromStep)
      this.#runs.continueFrom(id, fromStep, this.#checkpoints.trainingSecondsAt(id, fromStep), goal, passedOver, now())
      return this.#runs.summary(id)
    })
  }

  /**
   * Records which engine a training run continues on, and on which computer (null: this one). Call it once between the beginning (or continuing) and the end.
   * @throws LabError `run-unknown` or `run-not-training`.
   */
  beginStretch(id: number, fromStep: number, engine: EngineIdentity, computer: string | null = null): void {
    this.#durably(() => {
      this.#standingOfTraining(id)
      const at = now()
      this.#stretches.begin(id, fromStep, engine, computer, at)
      this.#runs.touch(id, at)
    })
  }

  /**
   * Adds the steps `first`, `first + 1`, ...: mean loss of the batch, share of correct answers, training seconds since
   * step 0. The columns have equal length and follow the last stored step without a gap.
   * @throws LabError `run-unknown` or `run-not-training`; RangeError for columns that do not fit.
   */
  addSteps(
    id: number,
    first: number,
    loss: readonly number[],
    accuracy: readonly number[],
    seconds: readonly number[],
  ): void {
    if (accuracy.length !== loss.length || seconds.length !== loss.length)
      throw new RangeError('loss, accuracy and seconds must be equally long')
    const lastSeconds = seconds.at(-1)
    if (lastSeconds === undefined) return
    this.#atomically(() => {
      const { step } = this.#standingOfTraining(id)
      if (first !== step + 1)
        throw new RangeError(`steps of run ${id} begin at ${first}, but the last stored one is ${step}`)
      this.#metrics.add(id, first, loss, accuracy, seconds)
      this.#runs.advance(id, first + loss.length - 1, lastSeconds, now())
    })
  }

  /**
   * Adds an evaluation at a stored step.
   * @param evaluationSeconds How long this one took.
   * @throws LabError `run-unknown` or `run-not-training`; RangeError when the metrics of its step are not stored yet.
   */
  addEvaluation(id: number, evaluation: Evaluation, evaluationSeconds: number): void {
    this.#atomically(() => {
      this.#checkStored(id, evaluation.step)
      this.#evaluations.add(id, evaluation, evaluationSeconds)
      this.#runs.touch(id, now())
    })
  }

  /** The accuracy on the test set at a step of a run; null where it was not measured. */
  testAccuracyAt(id: number, step: number): number | null {
    return this.#evaluations.accuracyAt(id, step)
  }

  /**
   * Runs side by side, in this order.
   * @throws LabError `run-unknown`.
   */
  comparison(ids: readonly number[]): RunsComparison {
    return this.#read(() =>
      comparisonOf(
        ids.map((id) => ({
          ...this.#asItRests(this.#runs.summary(id)),
          stretches: this.#stretches.all(id),
          measured: (upTo: UpTo) => this.#evaluations.lastUpTo(id, upTo),
        })),
      ),
    )
  }

  /**
   * The accuracies of two runs at the steps at which both were measured.
   * @throws LabError `run-unknown`.
   */
  commonEvaluations(pair: RunPair): CommonEvaluations {
    return this.#read(() => {
      for (const id of [pair.first, pair.second]) this.#runs.standing(id)
      return this.#evaluations.common(pair)
    })
  }

  /**
   * Adds a measurement of health at a stored step, or at step 0.
   * @throws LabError `run-unknown` or `run-not-training`; RangeError when the metrics of its step are not stored yet.
   */
  addHealth(id: number, health: Health): void {
    this.#atomically(() => {
      this.#checkStored(id, health.step)
      this.#health.add(id, health)
      this.#runs.touch(id, now())
    })
  }

  /**
   * Adds to a run's waiting time, as defined by RunSummary.
   * @throws LabError `run-unknown` or `run-not-training`.
   */
  addWaiting(id: number, seconds: number): void {
    this.#atomically(() => {
      this.#standingOfTraining(id)
      this.#runs.waited(id, seconds)
    })
  }

  /**
   * Makes a checkpoint count. When this returns, the checkpoint and all metrics up to its step survive a power failure.
   * @param trainingSeconds Training time from step 0 to its step.
   * @throws LabError `run-unknown` or `run-not-training`; RangeError when the metrics of its step are not stored yet.
   */
  addCheckpoint(id: number, checkpoint: Checkpoint, trainingSeconds: number): void {
    this.#durably(() => {
      this.#checkStored(id, checkpoint.step)
      this.#checkpoints.add(id, checkpoint, trainingSeconds)
      this.#runs.touch(id, now())
    })
  }

  /** Deletes the rows of checkpoints that the keeping rule drops, and returns them. The caller deletes their files. */
  pruneCheckpoints(id: number): Checkpoint[] {
    return this.#durably(() => this.#checkpoints.prune(id))
  }

  /**
   * Ends a training run and its stretch. If the disk refuses the write, the run is shown as it would be after a crash:
   * interrupted, with the reason. Its end is then stored with the next successful write.
   * @param of The reason, for `interrupted` and `failed`.
   * @param last A checkpoint that counts from now on, as with `addCheckpoint`. Storing both together waits for the disk
   *   once.
   * @throws LabError `run-unknown` or `run-not-training`; RangeError when the metrics of the checkpoint's step are not
   *   stored yet.
   */
  endRun(id: number, state: RestState, of: Problem | null, last: WrittenCheckpoint | null = null): RunSummary {
    this.#read(() => this.#checkStored(id, last?.checkpoint.step ?? 0))
    const end: End = { id, state, problem: of, last, at: now() }
    try {
      this.#durably(() => this.#end(end))
    } catch (thrown) {
      this.#unstored = { ...end, why: problemOf(thrown) }
      this.#facts.noteChange(id)
    }
    return this.run(id)
  }

  /**
   * Stores what was heard later of a run at rest: how it rests, and why.
   * @throws LabError `run-unknown`.
   */
  restAs(id: number, state: RestState, of: Problem | null): RunSummary {
    this.#durably(() => this.#runs.end(id, state, of, now()))
    return this.run(id)
  }

  /**
   * A curve of at most `points` points. The minimum, maximum and mean of each are exact for the steps of the range.
   * @throws LabError `run-unknown`.
   */
  curve(query: CurveQuery): Curve {
    return this.#read(() => {
      const { step } = this.#runs.standing(query.run)
      return this.#curves.read(query.metric, {
        run: query.run,
        points: query.points,
        from: query.from ?? 0,
        to: Math.min(query.to ?? step, step),
      })
    })
  }

  /**
   * The metrics of at most `count` steps after this one, as they were stored.
   * @throws LabError `run-unknown`.
   */
  steps({ run, after, count }: StepsQuestion): MetricRows {
    return this.#read(() => {
      this.#runs.standing(run)
      return this.#metrics.rows(run, after + 1, count)
    })
  }

  /**
   * At most `count` evaluations after a step, or from the first on, by ascending step.
   * @throws LabError `run-unknown`.
   */
  evaluations({ run, after, count }: EvaluationsQuestion): TimedEvaluation[] {
    return this.#read(() => {
      this.#runs.standing(run)
      return this.#evaluations.rows(run, after === null ? 0 : after + 1, count)
    })
  }

  /**
   * Steps from one measurement of a run's health to the next; 0: none is made. Where nobody has chosen, the usual number
   * for its batch.
   * @throws LabError `run-unknown`.
   */
  healthEvery(id: number): number {
    return this.#read(() => this.#healthEvery(id))
  }

  /**
   * The interval of health that was asked for when a run was begun or continued; null where that was left open.
   * @throws LabError `run-unknown`.
   */
  chosenHealthEvery(id: number): number | null {
    return this.#read(() => {
      this.#runs.standing(id)
      return this.#runs.chosenHealthEvery(id)
    })
  }

  /**
   * The health of a run over time, at most `points` points a curve.
   * @throws LabError `run-unknown`.
   */
  health(question: HealthQuestion): RunHealth {
    return this.#read(() => {
      const { run } = question
      return {
        run,
        every: this.#healthEvery(run),
        ...this.#health.newest(run),
        layers: this.#health.curves(this.#partOf(question)),
      }
    })
  }

  /**
   * The histograms of a layer over time, at most `points`.
   * @throws LabError `run-unknown`.
   */
  healthHistograms({ layer, observed, ...question }: HistogramsQuestion): LayerHistograms {
    return this.#read(() => this.#health.histograms(layer, observed, this.#partOf(question)))
  }

  /**
   * Whole measurements after a step, or from the first on, by ascending step.
   * @throws LabError `run-unknown`.
   */
  healthRows({ run, after, count }: HealthRowsQuestion): Health[] {
    return this.#read(() => {
      this.#runs.standing(run)
      return this.#health.rows(run, after === null ? 0 : after + 1, count)
    })
  }

  /** Networks of one's own, in the order of their names. */
  networks(): NetworkEntry[] {
    return this.#read(() => this.#networks.all())
  }

  /**
   * A version of a network; left out: the newest.
   * @throws LabError `network-unknown` or `network-version-unknown`.
   */
  network(name: string, version?: number): SavedNetwork {
    return this.#read(() => this.#networks.saved(name, version))
  }

  /**
   * All versions of a network, the newest first.
   * @throws LabError `network-unknown`.
   */
  networkVersions(name: string): NetworkVersion[] {
    return this.#read(() => this.#networks.versions(name))
  }

  /**
   * Saves a network under a name, as a new one or as a new version. What equals the newest version makes none.
   * @throws LabError `network-name-blank`, `network-name-too-long` or `network-name-of-preset`.
   */
  saveNetwork(name: string, note: string, network: Network): SavedNetwork {
    return this.#durably(() => {
      this.#networks.save(name, note, network, now())
      return this.#networks.saved(name)
    })
  }

  /**
   * Gives a network another name. Runs keep the one that it had.
   * @throws LabError `network-unknown`, `network-name-taken`, `network-name-blank`, `network-name-too-long` or
   *   `network-name-of-preset`.
   */
  renameNetwork(name: string, to: string): NetworkEntry {
    return this.#durably(() => {
      this.#networks.rename(name, to)
      return this.#networks.entry(to)
    })
  }

  /**
   * Removes a network with its versions. Runs have their network themselves.
   * @throws LabError `network-unknown`.
   */
  removeNetwork(name: string): void {
    this.#durably(() => this.#networks.remove(name))
  }

  /** What the editor of networks is at; null where there is nothing. */
  networkDraft(): string | null {
    return this.#read(() => this.#networks.draft())
  }

  /** Keeps what the editor is at. It survives the end of any process at once. */
  writeNetworkDraft(text: string | null): void {
    this.#atomically(() => this.#networks.writeDraft(text))
  }

  /** What a person has chosen; the rest follows the operating system. */
  readPreferences(): Preferences {
    return this.#read(() => readPreferences(this.#connection))
  }

  /** Stores the given preferences; the others stay as they are. */
  writePreferences(preferences: Partial<Preferences>): void {
    this.#read(() => writePreferences(this.#connection, preferences))
  }

  /** The version of SQLite itself. */
  sqliteVersion(): string {
    return this.#read(() => sqliteVersion(this.#connection))
  }

  /**
   * Closes the history and releases the home folder. No other call may follow, except another `close`. One that another
   * computer uses stays open until the process ends: SQLite writes its log into the file when it closes.
   */
  close(): void {
    try {
      this.#refuseIfTaken()
    } catch (thrown) {
      if (thrown instanceof LabError) return
      throw thrown
    }
    try {
      this.#read(() => this.#storeEnd())
    } catch (thrown) {
      // The next opening then finds the run interrupted.
      if (!(thrown instanceof LabError)) throw thrown
    } finally {
      this.#unstored = null
      withProblems(this.#home, () => this.#connection.close())
    }
  }

  #withOwn({ expectation, eventFolder }: OwnOfRun, run: number, at: string): RunSummary {
    this.expectations.addWithin(run, expectation ?? null, at)
    this.eventFolders.addWithin(run, eventFolder ?? null)
    return this.#runs.summary(run)
  }

  #end({ id, state, problem, last, at }: End): void {
    const { step } = this.#standingOfTraining(id)
    if (last !== null) this.#checkpoints.add(id, last.checkpoint, last.trainingSeconds)
    this.#stretches.end(id, step, state, at)
    this.#runs.end(id, state, problem, at)
  }

  #storeEnd(): void {
    const end = this.#unstored
    if (end === null) return
    atomically(this.#connection, () => this.#end(end))
    this.#unstored = null
  }

  #asItRests<Run extends RunSummary>(run: Run): Run {
    const end = this.#unstored
    return end?.id === run.id ? { ...run, state: 'interrupted', problem: end.why, endedAt: end.at } : run
  }

  #factsAsTheyRest(facts: RunFacts): RunFacts {
    const end = this.#unstored
    return end?.id === facts.id ? { ...facts, state: 'interrupted', endedAt: end.at } : facts
  }

  #checkContinuable(id: number): void {
    const { state, deletedAt } = this.#runs.standing(id)
    if (deletedAt !== null) refuse('run-in-bin', { run: id })
    if (state === 'training') refuse('run-in-progress', { run: id })
    if (!isContinuable(state)) refuse('run-not-continuable', { run: id, detail: state })
  }

  #healthEvery(id: number): number {
    return this.#runs.chosenHealthEvery(id) ?? usualHealthEvery(this.#runs.summary(id).config.batch)
  }

  #partOf({ run, points, from, to }: HealthQuestion): HealthRange {
    const { step } = this.#runs.standing(run)
    return { run, points, from: from ?? 0, to: Math.min(to ?? step, step) }
  }

  #changeQueued(id: number, change: () => void): RunSummary {
    return this.#durably(() => {
      this.#runs.standing(id)
      change()
      return this.#runs.summary(id)
    })
  }

  #standingOfTraining(id: number): { state: RunState; step: number } {
    const standing = this.#runs.standing(id)
    if (standing.state !== 'training') refuse('run-not-training', { run: id })
    return standing
  }

  #checkStored(id: number, step: number): void {
    const standing = this.#standingOfTraining(id)
    if (step > standing.step)
      throw new RangeError(`step ${step} of run ${id} is not stored yet, the last one is ${standing.step}`)
  }

  /** Every use of the connection goes through here, within a transaction or not. */
  #read<Result>(action: () => Result): Result {
    return withProblems(this.#home, () => {
      this.#refuseIfTaken()
      return action()
    })
  }

  #atomically<Result>(action: () => Result): Result {
    return this.#read(() => atomically(this.#connection, action))
  }

  #durably<Result>(action: () => Result): Result {
    return this.#read(() => {
      this.#storeEnd()
      return durably(this.#connection, action)
    })
  }
}
