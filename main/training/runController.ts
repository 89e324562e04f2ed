import path from 'node:path'
import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import type { TrainOrder } from '../../core/contract/engineContract.ts'
import { LabError, problemOf, refuse, sentenceOf } from '../../core/words/problems.ts'
import { branchRequest, changedRequest, type RequestChanges } from '../../core/run/changedRequest.ts'
import { freshSeeds, type Repeats, requestOfRun, withSeed } from '../../core/run/repeats.ts'
import {
  hasReached,
  isContinuable,
  type CheckpointChoice,
  type Continuation,
  type OwnOfRun,
  type RunDetail,
  type RunRequest,
  type RunSummary,
} from '../../core/run/run.ts'
import type { Expectation } from '../../core/expectations/expectation.ts'
import type { SweepPlace } from '../history/sweeps.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'
import { ClusterSweeps } from '../cluster/clusterSweeps.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import { pointToContinue } from './pointToContinue.ts'
import { CheckpointUses } from './checkpointUses.ts'
import { BranchPoints } from './branchPoints.ts'
import { checkOrigin } from './checkOrigin.ts'
import { chosenCheckpoint } from './chosenCheckpoint.ts'
import { dataFolderFor, dataForRequest, datasetOfRun } from './runData.ts'
import { RunQueue } from './runQueue.ts'
import { Shelves } from './shelves.ts'
import { StoredCosts } from './storedCosts.ts'
import { SweepController } from './sweepController.ts'
import { TrainingRun, type TrainingRunTools } from './trainingRun.ts'
import { trainOrderFor } from './trainOrder.ts'
import { Trials } from './trials.ts'

export interface RunControllerOptions extends TrainingRunTools {
  /** The engine of this computer that trains. */
  readonly engine: EngineHost
  readonly home: Home
  /** Makes an engine beside the one that trains. */
  readonly openSecondEngine: () => EngineHost
}

/** Starts, holds and continues runs. One run trains at a time; the others wait in the queue. */
export class RunController {
  readonly queue: RunQueue
  /** Sweeps, whose runs begin where nothing else does. */
  readonly sweeps: SweepController
  /** Sweeps whose runs train on a cluster. */
  readonly clusters: ClusterSweeps
  readonly trials: Trials
  readonly checkpoints: CheckpointUses
  readonly branchPoints: BranchPoints
  readonly shelves: Shelves
  readonly #options: RunControllerOptions
  #current: TrainingRun | null = null
  /** A run that is about to continue and whose checkpoint is being read. */
  #claimed: number | null = null
  /** Settles when the last claimed run trains or could not. */
  #claimSettled: Promise<void> = Promise.resolve()
  #closing = false
  #abandoned = false

  constructor(options: RunControllerOptions) {
    this.#options = options
    this.branchPoints = new BranchPoints(options)
    const { history, events, log } = options
    this.queue = new RunQueue({
      history,
      events,
      log,
      busy: () => this.#busy(),
      begin: (run) => this.#beginQueued(run),
      claimed: () => this.#claimed,
    })
    this.sweeps = new SweepController({
      history,
      events,
      log,
      busy: () => this.#busy(),
      verify: async ({ config: { data } }) => {
        await options.datasets.verify(data.dataset, choiceOf(data).form)
      },
      check: (request) => {
        this.#check(request)
      },
      withBeginning: ({ config }, act) => this.branchPoints.with(config, act),
      begin: (request, goal, of) => this.#beginTrial(request, goal, of),
      goOn: (run, goal) => this.resume(run, goal),
      hold: (run, as) => this.hold(run, as),
      claimed: () => this.#claimed,
      tellRestored: (runs) => this.shelves.tellRestored(runs),
      aroundQueue: (act) => this.queue.around(act),
      clusters: () => this.clusters,
    })
    this.clusters = new ClusterSweeps({
      ...options,
      branchPoints: this.branchPoints,
      onTrial: (sweep, trial) => this.sweeps.trialChanged(sweep, trial),
      set: (sweep, state, reason, of) => this.sweeps.set(sweep, state, reason, of),
    })
    this.trials = new Trials({
      ...options,
      costs: new StoredCosts(options.home.stepCosts),
      branchPoints: this.branchPoints,
      refuseWhileBusy: () => this.#refuseWhileBusy(),
      onEnded: () => this.#next(),
    })
    this.shelves = new Shelves({
      ...options,
      branchPoints: this.branchPoints,
      claimed: () => this.#claimed,
      aroundQueue: (act, there) => this.queue.around(act, there),
    })
    this.checkpoints = new CheckpointUses({ ...options, training: () => this.training, closing: () => this.#closing })
  }

  /** The newest runs that are neither archived nor in the bin, and all that train or are queued; newest first. */
  list(): RunSummary[] {
    return this.#options.history.runs().map((run) => this.#withPhase(run))
  }

  /** Those of these runs that are there and not in the bin, newest first. */
  some(runs: readonly number[]): RunSummary[] {
    return this.#options.history.someRuns(runs).map((run) => this.#withPhase(run))
  }

  /**
   * Replaces what is expected of a run that waits in the queue; null takes it back.
   * @throws LabError as `Expectations.write`; nothing is changed then.
   */
  expect(run: number, expectation: Expectation | null): RunSummary {
    const { history } = this.#options
    history.expectations.write(run, expectation)
    return this.tell(run)
  }

  /**
   * Tells the windows how a run stands.
   * @throws LabError `run-unknown`.
   */
  tell(run: number): RunSummary {
    const { history, events } = this.#options
    const standing = this.#withPhase(history.run(run))
    events.publish({ kind: 'run', run: standing })
    return standing
  }

  /**
   * Writes nothing more of a run for TensorBoard while it trains.
   * @throws LabError `run-unknown`.
   */
  async endEvents(run: number): Promise<RunSummary> {
    const { history, liveEvents } = this.#options
    history.run(run)
    await liveEvents.leave(run)
    return this.#withPhase(history.run(run))
  }

  /** @throws LabError `run-unknown`. */
  detail(run: number): RunDetail {
    return this.#withPhase(this.#options.history.detail(run))
  }

  /**
   * Starts a new run and returns at once. Its progress is reported by events.
   * @param own What is expected of it is locked now.
   * @throws LabError `run-in-progress`, `dataset-missing`, or the problem with a request or expectation that does not fit.
   */
  start(request: RunRequest, own: OwnOfRun = {}): RunSummary {
    const { history } = this.#options
    this.#refuseWhileBusy()
    const { dataFolder, trainImages } = this.#check(request)
    return this.#begin(history.createRun(request, trainImages, own), dataFolder, null)
  }

  /**
   * Adds a new run at the end of the queue. It starts at once if nothing trains and the queue is not held.
   * @param own What is expected of it can be changed until it begins.
   * @throws LabError `dataset-missing`, or the problem with a request or expectation that does not fit.
   */
  enqueue(request: RunRequest, own: OwnOfRun = {}): RunSummary {
    const { history } = this.#options
    if (this.#closing) refuse('lab-closing', {})
    const { trainImages } = this.#check(request)
    const { id } = history.queueRun(request, trainImages, own)
    this.queue.added(history.run(id))
    return this.#withPhase(history.run(id))
  }

  /**
   * Adds runs at the end of the queue that differ from a request in their seed alone. The seeds are the smallest that
   * no run of these settings has had, from that of the request on.
   * @throws LabError as `enqueue` does; nothing was added then.
   */
  repeat({ request, count, eventFolder }: Repeats): RunSummary[] {
    const { history } = this.#options
    if (this.#closing) refuse('lab-closing', {})
    const { trainImages } = this.#check(request)
    const seeds = freshSeeds(request.config.seed, count, history.seedsOf(request.config))
    const runs = history.queueRuns(
      seeds.map((seed) => ({
        ...withSeed(request, seed),
        eventFolder: eventFolder === undefined ? undefined : path.join(eventFolder, `seed-${seed}`),
      })),
      trainImages,
    )
    this.queue.added(...runs)
    return runs.map(({ id }) => this.#withPhase(history.run(id)))
  }

  /**
   * The request that begins a run anew, exactly as it was begun. A network that has been removed, or changed under its
   * name, is the run's own then: it has its name and no version.
   * @throws LabError `run-unknown`.
   */
  request(run: number): RunRequest {
    const { history } = this.#options
    const request = requestOfRun(history.run(run), history.chosenHealthEvery(run) ?? undefined)
    try {
      checkOrigin(request, (name, version) => history.network(name, version))
      return request
    } catch (thrown) {
      if (!(thrown instanceof LabError) || request.network === undefined) throw thrown
      return { ...request, network: { ...request.network, version: null } }
    }
  }

  /**
   * The request of a new run that has the settings of a run but for some changes.
   * @param at The checkpoint of the run from which it branches; null: it begins as the run did.
   * @throws LabError `run-unknown`, `own-set-removed`, `checkpoint-unknown` or `best-unknown`, or as `changedRequest`.
   */
  changed(run: number, at: CheckpointChoice | null, changes: RequestChanges): RunRequest {
    const { history, datasets } = this.#options
    const request = this.request(run)
    const view = viewOf(datasetOfRun(datasets, request.config), choiceOf(request.config.data))
    if (at === null) return changedRequest(request, changes, view)
    const { step, sha256 } = chosenCheckpoint(history, run, at)
    return branchRequest(request, { run, step, sha256 }, changes, view)
  }

  /**
   * Finishes the step and writes a checkpoint. Resolves when the run is held.
   * @throws LabError `run-unknown` or `run-not-training`.
   */
  async hold(run: number, as: 'paused' | 'stopped'): Promise<RunSummary> {
    this.#options.history.run(run)
    if (this.#current?.id !== run) return this.clusters.hold(run, as)
    this.#current.hold(as)
    return this.#current.ended
  }

  /**
   * Continues a run from its newest checkpoint, to another goal if one is given, its health measured at another
   * interval if one is given. Returns at once, as `start` does. If a
   * checkpoint is damaged, the one before it is used, and the run's `problem` says so.
   * @throws LabError `run-in-progress`, `run-unknown`, `run-in-bin`, `run-queued`, `run-on-cluster`,
   *   `run-not-continuable`, `goal-reached`, `dataset-missing`, `dataset-damaged`, `dataset-changed` or `checkpoints-lost`; nothing was changed then.
   */
  async resume(run: number, goal?: number, healthEvery?: number): Promise<RunSummary> {
    this.#refuseWhileBusy()
    const summary = this.#continuable(run)
    const dataFolder = dataFolderFor(this.#options.datasets, summary.config)
    return this.#claim(run, () => this.#continue(summary, dataFolder, goal ?? summary.goal, healthEvery))
  }

  /**
   * Adds a run at rest at the end of the queue, to be continued as `resume` does when its turn comes. It keeps its
   * state until then. It continues at once if nothing trains and the queue is not held.
   * @throws LabError `run-unknown`, `run-in-bin`, `run-queued`, `run-in-progress`, `run-not-continuable`,
   *   `goal-reached` or `dataset-missing`; nothing was changed then.
   */
  resumeLater(run: number, goal?: number, healthEvery?: number): RunSummary {
    const { history, datasets } = this.#options
    if (this.#closing) refuse('lab-closing', {})
    if (run === this.#current?.id || run === this.#claimed) refuse('run-in-progress', { run })
    const summary = this.#continuable(run)
    if (summary.queuePosition !== null) refuse('run-queued', { run, position: summary.queuePosition })
    const target = goal ?? summary.goal
    if (hasReached(summary, target)) refuse('goal-reached', { run, step: summary.checkpointStep ?? 0 })
    dataFolderFor(datasets, summary.config)
    this.queue.added(history.queueContinuation(run, { goal: target, healthEvery: healthEvery ?? null }))
    return this.#withPhase(history.run(run))
  }

  /** @throws LabError `run-unknown`, `run-in-bin`, `run-queued`, `run-on-cluster` or `run-not-continuable`. */
  #continuable(run: number): RunSummary {
    const summary = this.#options.history.run(run)
    const { state, queuePosition: position, problem, sweep } = summary
    if (summary.deletedAt !== null) refuse('run-in-bin', { run })
    if (state === 'queued' && position !== null) refuse('run-queued', { run, position })
    if (sweep !== null && this.clusters.has(summary)) refuse('run-on-cluster', { run, sweep })
    if (!isContinuable(state)) {
      refuse('run-not-continuable', { run, detail: problem === null ? state : sentenceOf(problem, 'en') })
    }
    return summary
  }

  /** @throws LabError as `resume` does; nothing was changed then. */
  async #continue(
    summary: RunSummary,
    dataFolder: string,
    goal: number,
    healthEvery: number | undefined,
  ): Promise<RunSummary> {
    const { history, home, events, datasets } = this.#options
    const { id: run, config } = summary
    const { step, from, passedOver } = await pointToContinue(
      summary,
      checkpointFolder(home, run),
      history.writtenCheckpoints(run),
    )
    if (hasReached({ ...summary, checkpointStep: step }, goal)) refuse('goal-reached', { run, step })
    await datasets.verify(config.data.dataset, choiceOf(config.data).form)
    if (this.#closing) refuse('lab-closing', {})
    const continued = history.continueRun(run, step, goal, passedOver, healthEvery)
    events.publish({ kind: 'rewound', run, step })
    const begun = this.#begin(continued, dataFolder, from)
    this.queue.continued(run)
    return begun
  }

  /** Lets nothing else begin while a run is about to continue. */
  async #claim<Value>(run: number, work: () => Promise<Value>): Promise<Value> {
    this.#claimed = run
    const claim = Promise.withResolvers<undefined>()
    this.#claimSettled = claim.promise
    try {
      return await work()
    } finally {
      this.#claimed = null
      claim.resolve(undefined)
      // Runs queued in the meantime need not wait any longer if this one could not continue.
      this.#next()
    }
  }

  /** Resident memory of the engines in bytes. */
  async engineMemory(): Promise<number> {
    const [first, second] = await Promise.all([this.#options.engine.memory(), this.checkpoints.memory()])
    return first + second
  }

  /** Pauses the run that trains here, with a checkpoint, and starts nothing new. What trains on a cluster goes on. */
  async close(): Promise<void> {
    this.#closing = true
    await this.sweeps.close()
    await this.clusters.close()
    await this.trials.close()
    await this.checkpoints.close()
    if (this.#current === null) return
    this.#current.hold('paused')
    await this.#current.ended
  }

  /**
   * Ends what trains here at once, without a checkpoint, and starts nothing new: another Conv Lab owns the folder, and the
   * run is its to continue.
   */
  abandon(): void {
    this.#closing = true
    this.#abandoned = true
    this.#options.engine.kill()
  }

  /** Whether a run is training. */
  get training(): boolean {
    return this.#current !== null
  }

  /** The run that trains on a data set, is about to, or is queued to; null if there is none. */
  runOn(dataset: string): number | null {
    const { history } = this.#options
    const running = [this.#current?.id ?? null, this.#claimed].filter((run) => run !== null)
    return [...running, ...history.queue()].find((run) => history.run(run).config.data.dataset === dataset) ?? null
  }

  /** Resolves when nothing trains and no queued run, nor one of a sweep, is about to start. */
  async atRest(): Promise<void> {
    while (this.#current !== null || this.#claimed !== null) {
      await this.#claimSettled
      // If storing its end failed, that is already in the log.
      await this.#current?.ended.catch(() => undefined)
    }
  }

  /** Whether nothing may start now. */
  #busy(): boolean {
    return this.#closing || this.#current !== null || this.#claimed !== null || this.trials.kind !== null
  }

  #refuseWhileBusy(): void {
    if (this.#closing) refuse('lab-closing', {})
    const busy = this.#current?.id ?? this.#claimed
    if (busy !== null) refuse('run-in-progress', { run: busy })
    const { kind } = this.trials
    if (kind !== null) refuse(`${kind}-in-progress`, {})
  }

  /**
   * Checks a request where its run starts or is queued.
   * @throws LabError the problem with a request that does not fit.
   */
  #check(request: RunRequest): ReturnType<typeof dataForRequest> {
    const { history, datasets } = this.#options
    const data = dataForRequest(datasets, request)
    this.branchPoints.fileOf(request.config)
    checkOrigin(request, (name, version) => history.network(name, version))
    return data
  }

  /** Begins what waits: a queued run, or else one of a sweep. */
  #next(): void {
    this.queue.next()
    this.sweeps.next()
  }

  #beginTrial(request: RunRequest, goal: number | null, of: SweepPlace): void {
    // Checked with its whole goal, which its schedule is as long as.
    const { dataFolder, trainImages } = this.#check(request)
    const run = this.#options.history.createTrial({ ...request, goal: goal ?? request.goal }, trainImages, of)
    this.#begin(run, dataFolder, null)
  }

  #beginQueued(run: number): void {
    const { history, datasets, log } = this.#options
    const summary = history.run(run)
    const dataFolder = dataFolderFor(datasets, summary.config)
    const { continuation } = summary
    if (continuation === null) {
      this.#begin(history.beginQueued(run), dataFolder, null)
      return
    }
    this.#claim(run, () => this.#continueQueued(summary, dataFolder, continuation)).catch((thrown: unknown) => {
      log.add(`continuing the queued run ${run}`, thrown)
    })
  }

  async #continueQueued(summary: RunSummary, dataFolder: string, { goal, healthEvery }: Continuation): Promise<void> {
    try {
      await this.#continue(summary, dataFolder, goal, healthEvery ?? undefined)
    } catch (thrown) {
      // It waits for the next opening then.
      if (!this.#closing) this.queue.givenUp(summary.id, thrown)
    }
  }

  #begin(summary: RunSummary, dataFolder: string, from: TrainOrder['from']): RunSummary {
    const { history, events, home } = this.#options
    const order = trainOrderFor(
      history.detail(summary.id),
      {
        dataFolder,
        checkpointFolder: checkpointFolder(home, summary.id),
        from,
        branchPoint: from === null ? this.branchPoints.fileOf(summary.config) : null,
      },
      history.healthEvery(summary.id),
    )
    const training = new TrainingRun(this.#options, order, this.checkpoints.engineFree(), () => {
      this.#current = null
    })
    this.#current = training
    void this.#goOnAfter(training)
    const shown = this.#withPhase(summary)
    events.publish({ kind: 'run', run: shown })
    return shown
  }

  async #goOnAfter({ id, ended }: TrainingRun): Promise<void> {
    try {
      const run = await ended
      if (this.#closing) return
      this.queue.ended(run)
      this.sweeps.ended(run)
    } catch (thrown) {
      if (this.#abandoned) return
      this.#options.log.add(`storing how run ${id} ended`, thrown)
      this.queue.lost(id)
      this.sweeps.lost(problemOf(thrown))
    }
  }

  #withPhase<Run extends RunSummary>(run: Run): Run {
    const training = this.#current?.id === run.id ? this.#current : this.clusters.trainingOf(run.id)
    return training?.standing(run) ?? run
  }
}
