import { phrase } from '../../core/words/phrases.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import { checkTrained, measure } from '../../core/network/geometry.ts'
import type { CalibrationEvent, StepCosts, StepQuestion, StepTimesEvent } from '../../core/network/stepTimes.ts'
import type { ProofEvent, ProofRequest } from '../../core/run/resumeProof.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { fittedToTime } from '../../core/run/timeBudget.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { EngineHost, TimingClient } from '../engine/host/engineHost.ts'
import type { BranchPoints } from './branchPoints.ts'
import { proveResume } from './resumeProof.ts'
import { dataForRequest } from './runData.ts'
import type { StoredCosts } from './storedCosts.ts'
import { measureStepTime } from './stepTime.ts'

type TrialKind = 'proof' | 'measurement'

export interface TrialsOptions {
  readonly datasets: DatasetStore
  readonly engine: EngineHost
  /** What operations cost on this computer. */
  readonly costs: StoredCosts
  readonly branchPoints: BranchPoints
  /** Makes a new engine process for this use alone. */
  readonly openSecondEngine: () => EngineHost
  /** @throws LabError that names what is under way, if anything is. */
  readonly refuseWhileBusy: () => void
  /** Called when a trial has ended, so that runs can start again. */
  readonly onEnded: () => void
}

/** Training that is not a run, one trial at a time. Nothing of it enters the history, and no run trains meanwhile. */
export class Trials {
  readonly #options: TrialsOptions
  #current: { readonly kind: TrialKind; readonly abort: AbortController; readonly ended: Promise<void> } | null = null

  constructor(options: TrialsOptions) {
    this.#options = options
  }

  /** The trial under way, or null. */
  get kind(): TrialKind | null {
    return this.#current?.kind ?? null
  }

  /**
   * Proves on this computer that a resumed run gives the same bits.
   * @param signal Cancels the proof.
   * @throws LabError `run-in-progress`, `proof-in-progress`, `dataset-missing`, the problem with a request that does
   *   not fit, or the reason one of the two trainings did not finish.
   */
  async *prove(proof: ProofRequest, signal?: AbortSignal): AsyncGenerator<ProofEvent> {
    const { datasets, branchPoints, openSecondEngine, refuseWhileBusy } = this.#options
    const { request, breakAt } = proof
    refuseWhileBusy()
    const { dataFolder } = dataForRequest(datasets, request)
    if (breakAt >= request.goal)
      refuse('setting-out-of-range', {
        setting: phrase('setting-break-at', {}),
        value: breakAt,
        range: `1…${request.goal - 1}`,
      })
    const release = await branchPoints.hold(request.config)
    try {
      // Something may have begun while the checkpoint of a branch was read.
      refuseWhileBusy()
      const trial = this.#begin('proof', signal)
      try {
        const branchPoint = branchPoints.fileOf(request.config)
        yield* proveResume(proof, {
          openEngine: openSecondEngine,
          dataFolder,
          branchPoint,
          signal: trial.signal,
        })
      } finally {
        trial.end()
      }
    } finally {
      release()
    }
  }

  /**
   * Adjusts a request so that its training takes about this many seconds on this computer. Measures the step time
   * first; does not start the run.
   * @param signal Cancels the measurement.
   * @throws LabError `run-in-progress`, `dataset-missing`, the problem with a request that does not fit, or the reason
   *   it could not be trained.
   */
  async fitToTime(
    request: RunRequest,
    seconds: number,
    signal?: AbortSignal,
  ): Promise<{ request: RunRequest; secondsPerStep: number }> {
    const { datasets, engine, refuseWhileBusy } = this.#options
    refuseWhileBusy()
    const { dataFolder } = dataForRequest(datasets, request)
    const trial = this.#begin('measurement', signal)
    try {
      const secondsPerStep = await measureStepTime(request, { engine, dataFolder, signal: trial.signal })
      return { request: fittedToTime(request, seconds, secondsPerStep), secondsPerStep }
    } finally {
      trial.end()
    }
  }

  /**
   * Measures how long a training step takes on this computer, and each layer's part of it.
   * @param signal Cancels the measurement.
   * @throws LabError `measuring-while-training`, `measurement-in-progress`, `proof-in-progress`, `model-invalid`,
   *   `out-of-memory`, or as the engine does.
   */
  async *stepTimes(question: StepQuestion, signal?: AbortSignal): AsyncGenerator<StepTimesEvent> {
    checkTrained(measure(question.model))
    yield* this.#timing((engine, during) => engine.stepTimes(question, { signal: during }), signal)
  }

  /**
   * What operations cost on this computer, as last measured with this engine; null: not yet. Starts the engine when it
   * is off.
   * @throws LabError `engine-unavailable` or `engine-crashed`.
   */
  async costs(): Promise<StepCosts | null> {
    return this.#options.costs.of(await this.#options.engine.ready())
  }

  /**
   * Measures what operations cost on this computer, and stores it.
   * @param signal Cancels the measurement; nothing is stored then.
   * @throws LabError as `stepTimes` does, `disk-full` or `write-failed`.
   */
  async *calibrate(signal?: AbortSignal): AsyncGenerator<CalibrationEvent> {
    for await (const event of this.#timing(
      (engine, during) => engine.calibrate(undefined, { signal: during }),
      signal,
    )) {
      if (event.kind === 'calibrated') await this.#options.costs.keep(event.costs)
      yield event
    }
  }

  /** Cancels the trial under way and waits for its end. */
  async close(): Promise<void> {
    this.#current?.abort.abort()
    await this.#current?.ended
  }

  /** Asks the engine for what it measures, while nothing trains. */
  async *#timing<Part>(
    ask: (engine: TimingClient, signal: AbortSignal) => Promise<AsyncIterable<Part>>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Part> {
    this.#refuseMeasuring()
    const trial = this.#begin('measurement', signal)
    try {
      yield* this.#options.engine.timing((engine) => ask(engine, trial.signal))
      if (trial.signal.aborted && signal?.aborted !== true) refuse('lab-closing', {})
    } finally {
      trial.end()
    }
  }

  /** A run and what is measured beside it would both be slow, so it is refused with what to do. */
  #refuseMeasuring(): void {
    try {
      this.#options.refuseWhileBusy()
    } catch (thrown) {
      if (!(thrown instanceof LabError) || thrown.problem.code !== 'run-in-progress') throw thrown
      refuse('measuring-while-training', { run: Number(thrown.problem.parameters.run) })
    }
  }

  /** Keeps runs from starting until `end` is called. */
  #begin(kind: TrialKind, from: AbortSignal | undefined): { readonly signal: AbortSignal; readonly end: () => void } {
    const abort = new AbortController()
    const stop = (): void => abort.abort()
    from?.addEventListener('abort', stop, { once: true })
    let ended = (): void => undefined
    this.#current = { kind, abort, ended: new Promise((resolve) => (ended = resolve)) }
    return {
      signal: abort.signal,
      end: () => {
        from?.removeEventListener('abort', stop)
        this.#current = null
        ended()
        this.#options.onEnded()
      },
    }
  }
}
