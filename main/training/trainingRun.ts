import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import type { TrainEvent, TrainOrder } from '../../core/contract/engineContract.ts'
import { LabError, problemOf, type Problem } from '../../core/words/problems.ts'
import type { RestState, RunPhase, RunSummary } from '../../core/run/run.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { EventHub } from '../events.ts'
import type { LiveEvents } from '../export/liveEvents.ts'
import type { Log } from '../files/log.ts'
import type { History } from '../history/history.ts'
import { deleteCheckpointFiles } from './deleteCheckpointFiles.ts'
import { reportDamage } from './reportDamage.ts'
import { RecentRate } from './recentRate.ts'
import { maybeShortOfMemory, roomForConvLab, withFittingBatch } from './shortOfMemory.ts'
import type { TrainingEngine } from './trainingEngine.ts'

export interface TrainingRunTools {
  readonly history: History
  readonly datasets: DatasetStore
  readonly events: EventHub
  readonly engine: TrainingEngine
  /** Writes for TensorBoard what is stored, where somebody has asked for it. */
  readonly liveEvents: LiveEvents
  readonly log: Log
}

type Hold = 'paused' | 'stopped'
type Told<Kind extends TrainEvent['kind']> = Extract<TrainEvent, { kind: Kind }>
type End = { readonly state: RestState; readonly problem: Problem | null }

/**
 * One stretch of training. Sends the engine its order and handles the events in sequence. Everything is stored before
 * it is published, so no window shows something that a crash could undo.
 */
export class TrainingRun {
  readonly id: number
  /** The run's state once it no longer trains. Rejects only if that could not be stored. */
  readonly ended: Promise<RunSummary>
  readonly #tools: TrainingRunTools
  readonly #order: TrainOrder
  #phase: RunPhase = 'loading'
  #ready = false
  #hold: Hold | null = null
  #trainingSeconds = 0
  readonly #began = performance.now()
  /** Seconds until the engine had the order; null until its first event. */
  #waitedForEngine: number | null = null
  /** Seconds of waiting stored so far in this stretch, including the time until the engine had the order. */
  #waitingStored = 0
  #rate: RecentRate
  /** The run's last checkpoint, kept until it is stored together with the run's end. */
  #last: Told<'checkpoint'> | null = null
  readonly #release: () => void

  /**
   * @param until Awaited before the engine gets the order, because it carries out one order at a time.
   * @param release Called when the engine is free again, before the end of the run is published.
   */
  constructor(tools: TrainingRunTools, order: TrainOrder, until: Promise<void>, release: () => void) {
    this.id = order.run
    this.#tools = tools
    this.#order = order
    this.#rate = new RecentRate(order.config.batch, 0)
    this.#release = release
    this.ended = this.#carryOut(until)
  }

  /** What is stored of this run, with what only its training knows: the phase, and the node that trains it. */
  standing<Run extends RunSummary>(stored: Run): Run {
    return { ...stored, phase: this.#phase, computer: this.#tools.engine.computer }
  }

  /**
   * Asks the engine to finish its step and write a checkpoint; `ended` resolves when it has. Only the first request
   * counts.
   */
  hold(as: Hold): void {
    if (this.#hold !== null) return
    this.#hold = as
    this.#enter('holding')
    if (this.#ready) this.#passHold(as)
  }

  async #carryOut(until: Promise<void>): Promise<RunSummary> {
    const { history, datasets, engine, events, log } = this.#tools
    let end: End | null = null
    try {
      await until
      for await (const event of engine.train(this.#order)) {
        if (event.kind === 'ended') {
          end = event
          this.#storeWaiting(event.waitingSeconds)
        } else await this.#take(event)
      }
      end ??= { state: 'interrupted', problem: problemOf(new Error('the engine ended without saying how')) }
    } catch (thrown) {
      if (!(thrown instanceof LabError)) log.add(`training run ${this.id}`, thrown)
      // If the engine dies after it has reported how the run ended, that end still holds.
      end ??= { state: 'interrupted', problem: problemOf(thrown) }
    }
    await reportDamage(datasets, this.#order.config, end.problem, log)
    const told =
      end.problem !== null && engine.computer === null && maybeShortOfMemory(end.problem)
        ? await this.#withAdvice(end.problem)
        : end.problem
    await this.#tools.liveEvents.end(this.id)
    this.#release()
    const summary = history.endRun(this.id, end.state, told, this.#last)
    events.publish({ kind: 'run', run: summary })
    // Checkpoints that cannot be pruned now are pruned with the next one.
    if (this.#last !== null)
      await this.#prune().catch((thrown: unknown) => log.add(`giving up checkpoints of run ${this.id}`, thrown))
    return summary
  }

  async #withAdvice(of: Problem): Promise<Problem> {
    const { datasets, engine, log } = this.#tools
    const { config } = this.#order
    try {
      const told = withFittingBatch(
        of,
        config,
        viewOf(datasets.entry(config.data.dataset), choiceOf(config.data)),
        await roomForConvLab(engine),
      )
      // The advice replaces the original problem, which is kept in the log.
      if (told !== of) log.add(`training run ${this.id}`, new LabError(of))
      return told
    } catch (thrown) {
      log.add(`looking for a batch that fits, for run ${this.id}`, thrown)
      return of
    }
  }

  async #take(event: Exclude<TrainEvent, { kind: 'ended' }>): Promise<void> {
    const { history, events, engine, liveEvents } = this.#tools
    const run = this.id
    switch (event.kind) {
      case 'ready':
        history.beginStretch(run, event.step, event.engine, engine.computer)
        await liveEvents.begin(run, event.step)
        this.#storeWaiting(event.waitingSeconds)
        this.#trainingSeconds = event.trainingSeconds
        this.#rate = new RecentRate(this.#order.config.batch, event.trainingSeconds)
        this.#ready = true
        this.#enter('training')
        this.#tellRun()
        if (this.#hold !== null) this.#passHold(this.#hold)
        break
      case 'steps': {
        const { first, loss, accuracy, seconds } = event
        history.addSteps(run, first, loss, accuracy, seconds)
        liveEvents.stored(run, first + loss.length - 1)
        this.#storeWaiting(event.waitingSeconds)
        this.#trainingSeconds = seconds.at(-1) ?? this.#trainingSeconds
        this.#enter('training')
        events.publish({ kind: 'steps', run, first, loss, accuracy, seconds, imagesPerSecond: this.#rate.add(seconds) })
        break
      }
      case 'evaluating':
        this.#enter('evaluating')
        events.publish({ kind: 'evaluating', run, done: event.done, total: event.total })
        break
      case 'evaluated':
        history.addEvaluation(run, event.evaluation, event.evaluationSeconds)
        events.publish({ kind: 'evaluated', run, evaluation: event.evaluation, seconds: this.#trainingSeconds })
        this.#enter('training')
        this.#tellRun()
        break
      case 'health':
        history.addHealth(run, event.health)
        events.publish({ kind: 'health', run, step: event.health.step })
        break
      case 'checkpoint':
        if (event.checkpoint.reason === 'pause' || event.checkpoint.reason === 'stop') {
          // Only the end of the run follows, at once, and somebody is waiting for it.
          this.#last = event
          break
        }
        await liveEvents.settled(run)
        history.addCheckpoint(run, event.checkpoint, event.trainingSeconds)
        this.#tellRun()
        await this.#prune()
        break
    }
  }

  async #prune(): Promise<void> {
    const { history, log } = this.#tools
    await deleteCheckpointFiles(this.#order.checkpointFolder, history.pruneCheckpoints(this.id), log)
  }

  /** Once a hold has been requested, the phase stays `holding` until the run has ended. */
  #enter(phase: RunPhase): void {
    const next = this.#hold === null ? phase : 'holding'
    if (next === this.#phase) return
    this.#phase = next
    this.#tools.events.publish({ kind: 'phase', run: this.id, phase: next })
  }

  /** @param inEngine Seconds of waiting in this stretch, as reported by the engine. */
  #storeWaiting(inEngine: number): void {
    this.#waitedForEngine ??= Math.max(0, (performance.now() - this.#began) / 1000 - inEngine)
    const more = this.#waitedForEngine + inEngine - this.#waitingStored
    if (more <= 0) return
    this.#tools.history.addWaiting(this.id, more)
    this.#waitingStored += more
  }

  #tellRun(): void {
    this.#tools.events.publish({ kind: 'run', run: this.standing(this.#tools.history.run(this.id)) })
  }

  #passHold(as: Hold): void {
    // A dead engine ends the run as interrupted elsewhere. Here the failure is only logged.
    this.#tools.engine.hold(as).catch((thrown: unknown) => this.#tools.log.add(`holding run ${this.id}`, thrown))
  }
}
