import path from 'node:path'
import { choiceOf, preparedForm, viewOf } from '../../core/datasetView.ts'
import type { TrainOrder } from '../../core/engineContract.ts'
import { classesOf } from '../../core/geometry.ts'
import { problemOf, refuse, sentenceOf } from '../../core/problems.ts'
import type { ExportFormat } from '../../core/runExport.ts'
import type { ProofEvent, ProofRequest } from '../../core/resumeProof.ts'
import { chosenAccuracy, hasReached, isContinuable, type Checkpoint, type RunConfig, type RunDetail, type RunRequest, type RunSummary } from '../../core/run.ts'
import { fittedToTime } from '../../core/timeBudget.ts'
import { heldOutImages } from '../../core/validation.ts'
import type { EngineHost } from '../engine/host.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import { checkRequest } from './checkRequest.ts'
import { pointToContinue, verifiedCheckpoint } from './checkpointFiles.ts'
import { reportDamage } from './reportDamage.ts'
import { proveResume } from './resumeProof.ts'
import { measureStepTime } from './stepTime.ts'
import { RunQueue } from './runQueue.ts'
import { TrainingRun, type TrainingTools } from './trainingRun.ts'

/** Steps between two checkpoints that are written for safety alone. */
const checkpointEvery = 1000

export interface RunControllerOptions extends TrainingTools {
  readonly home: Home
  /** An engine beside the one that trains. */
  readonly openSecondEngine: () => EngineHost
}

/** What `evaluate` measures over the whole test set. */
export interface TestResult {
  readonly run: number
  readonly checkpoint: number
  readonly testAccuracy: number
  readonly testLoss: number
  readonly images: number
  /** Whether each image was measured together with its mirror image. */
  readonly flips: boolean
}

/** What `export` wrote, and where. */
export interface ExportResult {
  readonly run: number
  readonly checkpoint: number
  readonly format: ExportFormat
  readonly folder: string
  readonly bytes: number
}

/** Starts, holds, continues, evaluates and exports runs. One run trains at a time; others wait in the queue. */
export class RunController {
  readonly queue: RunQueue
  readonly #options: RunControllerOptions
  #current: TrainingRun | null = null
  /** A run that is about to continue while its checkpoint is read. */
  #claimed: number | null = null
  /** What trains and is no run: ends when aborted, and tells when it has. */
  #apart: { readonly kind: 'proof' | 'measurement'; readonly abort: AbortController; readonly ended: Promise<void> } | null = null
  #closing = false
  /** Evaluations and exports one after another; settles when the last one has. */
  #evaluations: Promise<void> = Promise.resolve()
  #secondEngine: EngineHost | null = null

  constructor(options: RunControllerOptions) {
    this.#options = options
    const { history, events, log } = options
    this.queue = new RunQueue({ history, events, log, busy: () => this.#busy(), begin: (run) => this.#beginQueued(run) })
  }

  /** All runs, newest first. */
  list(): RunSummary[] {
    return this.#options.history.runs().map((run) => this.#withPhase(run))
  }

  /** @throws LabError `run-unknown`. */
  detail(run: number): RunDetail {
    return this.#withPhase(this.#options.history.detail(run))
  }

  /**
   * Starts a new run and answers at once; what becomes of it is told by events.
   * @throws LabError `run-in-progress`, `dataset-missing`, or what does not fit in the request.
   */
  start(request: RunRequest): RunSummary {
    this.#refuseWhileBusy()
    const { dataFolder, trainImages } = this.#checked(request)
    return this.#begin(this.#options.history.createRun(request, trainImages), dataFolder, null)
  }

  /**
   * Adds a new run at the end of the queue; it begins at once where nothing trains and the queue is not held.
   * @throws LabError `dataset-missing`, or what does not fit in the request.
   */
  enqueue(request: RunRequest): RunSummary {
    const { history } = this.#options
    if (this.#closing) refuse('lab-closing', {})
    const { id } = history.queueRun(request, this.#checked(request).trainImages)
    this.queue.added(history.run(id))
    return this.#withPhase(history.run(id))
  }

  /**
   * Finishes the step, writes a checkpoint, and answers when the run is held.
   * @throws LabError `run-unknown` or `run-not-training`.
   */
  async hold(run: number, as: 'paused' | 'stopped'): Promise<RunSummary> {
    this.#options.history.run(run)
    if (this.#current?.id !== run) refuse('run-not-training', { run })
    this.#current.hold(as)
    return this.#current.ended
  }

  /**
   * Continues a run from its newest checkpoint, to another goal if one is given. Answers at once, as `start` does. A damaged checkpoint is
   * passed over for the one before it, and the run's `problem` says so.
   * @throws LabError `run-in-progress`, `run-unknown`, `run-queued`, `run-not-continuable`, `goal-reached`, `dataset-missing`,
   * `dataset-damaged`, `dataset-changed` or `checkpoints-lost`; nothing was changed then.
   */
  async resume(run: number, goal?: number): Promise<RunSummary> {
    const { history, home, events, datasets } = this.#options
    this.#refuseWhileBusy()
    const summary = history.run(run)
    if (summary.queuePosition !== null) refuse('run-queued', { run, position: summary.queuePosition })
    if (!isContinuable(summary.state)) {
      refuse('run-not-continuable', { run, detail: summary.problem === null ? summary.state : sentenceOf(summary.problem, 'en') })
    }
    const target = goal ?? summary.goal
    const dataFolder = this.#dataFolderFor(summary.config)
    this.#claimed = run
    try {
      const { step, from, passedOver } = await pointToContinue(run, checkpointFolder(home, run), history.writtenCheckpoints(run))
      if (hasReached({ ...summary, checkpointStep: step }, target)) refuse('goal-reached', { run, step })
      await datasets.verify(summary.config.data.dataset, choiceOf(summary.config.data).form)
      if (this.#closing) refuse('lab-closing', {})
      const continued = history.continueRun(run, step, target, passedOver)
      events.publish({ kind: 'rewound', run, step })
      const begun = this.#begin(continued, dataFolder, from)
      this.queue.continued(run)
      return begun
    } finally {
      this.#claimed = null
      // What was queued meanwhile waits no longer where it could not continue.
      this.queue.next()
    }
  }

  /**
   * Measures the whole test set with the newest checkpoint, or the one at a step. While a run trains a second engine does it.
   * @throws LabError `run-unknown`, `checkpoint-unknown`, `checkpoint-damaged`, `dataset-missing` or `dataset-changed`.
   */
  evaluate(run: number, step?: number): Promise<TestResult> {
    return this.#inTurn(() => this.#evaluateNow(run, step))
  }

  /**
   * Writes the network of the newest checkpoint, or the one at a step, into a folder that is empty or not there yet. While a run
   * trains a second engine does it.
   * @throws LabError `bad-input` for a relative folder, `run-unknown`, `checkpoint-unknown`, `checkpoint-damaged`, `export-folder-taken`, `dataset-missing`, `disk-full` or `write-failed`.
   */
  export(run: number, format: ExportFormat, folder: string, step?: number): Promise<ExportResult> {
    if (!path.isAbsolute(folder)) refuse('bad-input', { detail: `the folder ${folder} is not an absolute path` })
    return this.#inTurn(() => this.#exportNow(run, format, folder, step))
  }

  /**
   * Proves on this computer that a resumed run gives the same bits; no run trains meanwhile.
   * @param signal Ends it.
   * @throws LabError `run-in-progress`, `proof-in-progress`, `dataset-missing`, what does not fit in the request, or why a way did not come to its end.
   */
  async *prove(proof: ProofRequest, signal?: AbortSignal): AsyncGenerator<ProofEvent> {
    const { openSecondEngine } = this.#options
    const { request, breakAt } = proof
    this.#refuseWhileBusy()
    const { dataFolder } = this.#checked(request)
    if (breakAt >= request.goal) refuse('setting-out-of-range', { setting: 'break at', value: breakAt, range: `1…${request.goal - 1}` })
    const apart = this.#standApart('proof', signal)
    try {
      yield* proveResume(proof, { openEngine: openSecondEngine, dataFolder, signal: apart.signal })
    } finally {
      apart.end()
    }
  }

  /**
   * The request whose training takes about so many seconds on this computer; it is measured first, and not started.
   * @param signal Ends the measurement.
   * @throws LabError `run-in-progress`, `dataset-missing`, what does not fit in the request, or why it could not be trained.
   */
  async fitToTime(request: RunRequest, seconds: number, signal?: AbortSignal): Promise<{ request: RunRequest; secondsPerStep: number }> {
    this.#refuseWhileBusy()
    const { dataFolder } = this.#checked(request)
    const apart = this.#standApart('measurement', signal)
    try {
      const secondsPerStep = await measureStepTime(request, { engine: this.#options.engine, dataFolder, signal: apart.signal })
      return { request: fittedToTime(request, seconds, secondsPerStep), secondsPerStep }
    } finally {
      apart.end()
    }
  }

  /** Keeps runs from beginning until `end` is called. */
  #standApart(kind: 'proof' | 'measurement', from: AbortSignal | undefined): { readonly signal: AbortSignal; readonly end: () => void } {
    const abort = new AbortController()
    const stop = (): void => abort.abort()
    from?.addEventListener('abort', stop, { once: true })
    let ended = (): void => undefined
    this.#apart = { kind, abort, ended: new Promise((resolve) => (ended = resolve)) }
    return {
      signal: abort.signal,
      end: () => {
        from?.removeEventListener('abort', stop)
        this.#apart = null
        ended()
        this.queue.next()
      },
    }
  }

  /** Resident memory of the engines in bytes. */
  async engineMemory(): Promise<number> {
    const engines = [this.#options.engine, this.#secondEngine].filter((engine) => engine !== null)
    const bytes = await Promise.all(engines.map((engine) => engine.memory()))
    return bytes.reduce((sum, one) => sum + one, 0)
  }

  /** Pauses the run that trains, with a checkpoint, and begins nothing new. */
  async close(): Promise<void> {
    this.#closing = true
    this.#apart?.abort.abort()
    await this.#apart?.ended
    await this.#secondEngine?.close()
    if (this.#current === null) return
    this.#current.hold('paused')
    await this.#current.ended
  }

  /** Whether a run trains. */
  get training(): boolean {
    return this.#current !== null
  }

  /** The run that trains on a data set, is about to, or waits in the queue to; null: none does. */
  runOn(dataset: string): number | null {
    const { history } = this.#options
    const running = [this.#current?.id ?? null, this.#claimed].filter((run) => run !== null)
    return [...running, ...history.queue()].find((run) => history.run(run).config.data.dataset === dataset) ?? null
  }

  /** Resolves when nothing trains and no queued run is about to. */
  async atRest(): Promise<void> {
    while (this.#current !== null) {
      // That its end could not be stored has gone to the log.
      await this.#current.ended.catch(() => undefined)
    }
  }

  /** Whether nothing may begin at this moment. */
  #busy(): boolean {
    return this.#closing || this.#current !== null || this.#claimed !== null || this.#apart !== null
  }

  #refuseWhileBusy(): void {
    if (this.#closing) refuse('lab-closing', {})
    const busy = this.#current?.id ?? this.#claimed
    if (busy !== null) refuse('run-in-progress', { run: busy })
    if (this.#apart !== null) refuse(`${this.#apart.kind}-in-progress`, {})
  }

  /** Where the data are, and how many images are trained on; throws what does not fit in the request. */
  #checked(request: RunRequest): { dataFolder: string; trainImages: number } {
    const { datasets } = this.#options
    const { data } = request.config
    // What a damaged or missing set is to be told comes before what does not fit it.
    const { form } = choiceOf(data)
    const dataFolder = datasets.folderOf(data.dataset, form)
    const { sizes } = checkRequest(request, datasets.entry(data.dataset))
    return { dataFolder, trainImages: sizes.train - heldOutImages(sizes.train, data.validationShare) }
  }

  #beginQueued(run: number): void {
    const { history } = this.#options
    const dataFolder = this.#dataFolderFor(history.run(run).config)
    this.#begin(history.beginQueued(run), dataFolder, null)
  }

  #begin(summary: RunSummary, dataFolder: string, from: TrainOrder['from']): RunSummary {
    const { events, home } = this.#options
    const order: TrainOrder = {
      run: summary.id,
      config: summary.config,
      dataFolder,
      // The bits depend on it: a run keeps the number with which it began.
      threads: this.#options.history.detail(summary.id).stretches.at(0)?.engine.threads ?? null,
      checkpointFolder: checkpointFolder(home, summary.id),
      from,
      evaluated: from !== null && summary.last?.step === summary.checkpointStep,
      goal: summary.goal,
      evaluateEvery: summary.evaluateEvery,
      checkpointEvery,
      bestAccuracy: summary.best === null ? null : chosenAccuracy(summary.best),
      patience: summary.patience,
      evaluationsSinceBest: summary.evaluationsSinceBest,
      pauseAfter: null,
    }
    const until = this.#secondEngine === null ? this.#evaluations : Promise.resolve()
    const training = new TrainingRun(this.#options, order, until, () => {
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
      if (!this.#closing) this.queue.ended(run)
    } catch (thrown) {
      this.#options.log.add(`storing how run ${id} ended`, thrown)
      this.queue.lost(id)
    }
  }

  /** Does something with an engine that does not train, after what was asked for before. */
  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#evaluations.then(act)
    this.#evaluations = result.then(
      () => undefined,
      () => undefined, // Told to the one who asked; what comes next does not depend on it.
    )
    return result
  }

  async #evaluateNow(run: number, step: number | undefined): Promise<TestResult> {
    const { history, datasets, home, engine, log } = this.#options
    const { config } = history.run(run)
    const checkpoint = step === undefined ? this.#newestCheckpoint(run) : history.checkpoint(run, step)
    const dataFolder = this.#dataFolderFor(config)
    const order = { config, dataFolder, checkpoint: await verifiedCheckpoint(checkpointFolder(home, run), checkpoint) }
    if (this.#closing) refuse('lab-closing', {})
    try {
      const measured = this.#current === null ? await engine.evaluate(order) : await this.#besideTraining((second) => second.evaluate(order))
      return { run, checkpoint: checkpoint.step, ...measured, flips: config.evaluation.flips }
    } catch (thrown) {
      await reportDamage(datasets, config, problemOf(thrown), log)
      throw thrown
    }
  }

  async #exportNow(run: number, format: ExportFormat, folder: string, step: number | undefined): Promise<ExportResult> {
    const { history, home, engine, datasets } = this.#options
    const { config } = history.run(run)
    const checkpoint = step === undefined ? this.#newestCheckpoint(run) : history.checkpoint(run, step)
    const dataset = datasets.entry(config.data.dataset)
    const { classes } = viewOf(dataset, choiceOf(config.data))
    // Of a set that is gone, or of a copy that lacked classes, it is not known which ones the run has learned.
    if (classes.length !== classesOf(config.model)) refuse('dataset-missing', { dataset: dataset.name, id: dataset.id })
    const order = { config, checkpoint: await verifiedCheckpoint(checkpointFolder(home, run), checkpoint), classes, format, folder }
    if (this.#closing) refuse('lab-closing', {})
    const { bytes } = this.#current === null ? await engine.export(order) : await this.#besideTraining((second) => second.export(order))
    return { run, checkpoint: checkpoint.step, format, folder, bytes }
  }

  async #besideTraining<Result>(use: (engine: EngineHost) => Promise<Result>): Promise<Result> {
    const second = this.#options.openSecondEngine()
    this.#secondEngine = second
    try {
      return await use(second)
    } finally {
      this.#secondEngine = null
      await second.close()
    }
  }

  #newestCheckpoint(run: number): Checkpoint {
    return this.#options.history.newestCheckpoint(run) ?? this.#options.history.checkpoint(run, 0)
  }

  /** Folder of the data that a run was trained on. */
  #dataFolderFor(config: RunConfig): string {
    const { datasets } = this.#options
    const { form } = choiceOf(config.data)
    const folder = datasets.folderOf(config.data.dataset, form)
    const dataset = datasets.entry(config.data.dataset)
    if (preparedForm(dataset, form)?.prepared.sha256 !== config.data.sha256) refuse('dataset-changed', { dataset: dataset.name })
    return folder
  }

  #withPhase<Run extends RunSummary>(run: Run): Run {
    return this.#current?.id === run.id ? { ...run, phase: this.#current.phase } : run
  }
}
