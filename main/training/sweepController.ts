import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ClusterAddress } from '../../core/cluster/clusterPlace.ts'
import { checkSettings, checkSize, checkTrials } from '../../core/sweep/checkedPlan.ts'
import { nextStep, secondsOf, type NextStep } from '../../core/sweep/nextStep.ts'
import type { SendingEvent, SweepToSend } from '../../core/sweep/sending.ts'
import type { SweepDetail, SweepReason, SweepState, SweepSummary } from '../../core/sweep/sweep.ts'
import { runCount } from '../../core/sweep/sweepPoints.ts'
import type { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { requestOfTrial } from '../../core/sweep/trialRequest.ts'
import type { RunRequest, RunSummary } from '../../core/run/run.ts'
import { LabError, problemOf, refuse, type Problem, type ProblemCode } from '../../core/words/problems.ts'
import type { ClusterSweeps } from '../cluster/clusterSweeps.ts'
import { Sendings, unwatched, type Sending } from '../cluster/sendings.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../files/log.ts'
import type { History } from '../history/history.ts'
import type { StoredSweep, StoredTrial } from '../history/sweeps.ts'
import { isTrouble } from './runQueue.ts'
import { detailOf, progressOf, summaryOf } from './sweepResults.ts'

/** Problems with the data that every other trial would meet as well. */
const dataTroubles: readonly ProblemCode[] = [
  'dataset-missing',
  'dataset-damaged',
  'dataset-changed',
  'dataset-unknown',
  'own-set-removed',
  'form-missing',
  'lab-closing',
]

/** How long to wait at least before the time that is used up is looked at again, in milliseconds. */
const shortestWait = 50
/** The longest wait that a timer takes. */
const longestWait = 2 ** 31 - 1

export interface SweepControllerOptions {
  readonly history: History
  readonly events: EventHub
  readonly log: Log
  /** Whether nothing may start now. */
  readonly busy: () => boolean
  /** Checks that the data of a request are whole. */
  readonly verify: (request: RunRequest) => Promise<void>
  /** @throws LabError what is wrong with a request, as where a run starts. */
  readonly check: (request: RunRequest) => void
  /** Keeps the checkpoint that a request begins with while something is done. */
  readonly withBeginning: <Result>(request: RunRequest, act: () => Promise<Result>) => Promise<Result>
  /** Begins the run of a trial, to a goal of its own where one is given. */
  readonly begin: (request: RunRequest, goal: number | null, of: { sweep: number; trial: number }) => void
  /** Continues a run at rest. */
  readonly goOn: (run: number, goal: number) => Promise<RunSummary>
  /** A run that is about to continue, and does not train yet. */
  readonly claimed: () => number | null
  /** Tells the windows of runs that came out of the bin. */
  readonly tellRestored: (runs: readonly number[]) => void
  /** Does what may take runs out of the queue. */
  readonly aroundQueue: (act: () => void) => void
  readonly hold: (run: number, as: 'paused' | 'stopped') => Promise<RunSummary>
  /** Carries out sweeps on clusters. */
  readonly clusters: () => Pick<ClusterSweeps, 'start' | 'resume' | 'end'>
}

/**
 * Carries out sweeps, one run at a time. What a sweep does next is decided by `nextStep` from its plan and its stored
 * runs, so nothing is kept here that a crash could lose. A sweep that was under way when the home folder is opened
 * waits for a person, as a queue does. Runs that a person has queued begin before the next one of a sweep.
 */
export class SweepController {
  readonly #options: SweepControllerOptions
  /** Stored trials of sweeps that were asked for, so that each decision reads only what has changed. */
  readonly #trials = new Map<number, Map<number, StoredTrial>>()
  #timer: NodeJS.Timeout | null = null
  /** Whether a run is about to continue whose checkpoint is being read. */
  #continuing = false
  /** Runs that are held because their sweep was paused or cancelled. */
  readonly #holding = new Set<number>()
  readonly #sendings = new Sendings()

  constructor(options: SweepControllerOptions) {
    this.#options = options
    options.history.sweeps.hold()
  }

  /** All sweeps, newest first. */
  list(): SweepSummary[] {
    return this.#options.history.sweeps.all().map((sweep) => summaryOf(sweep, this.#trialsOf(sweep.id)))
  }

  /** @throws LabError `sweep-unknown` or `sweep-deleted`. */
  show(id: number): SweepDetail {
    const sweep = this.#there(id)
    // Read anew, because what a person did to a run meanwhile changes its trial.
    this.#trials.delete(id)
    return detailOf(sweep, this.#trialsOf(id))
  }

  /**
   * Checks a plan and begins it. Nothing is stored if something is wrong with it.
   * @param confirmed How many runs a person said that it has.
   * @throws LabError `sweep-too-large`, `sweep-asks`, `sweep-settings-same`, `sweep-setting-unknown`, `sweep-value-unfit`,
   *   or the problem with the request of a trial.
   */
  async start(plan: SweepPlan, confirmed?: number): Promise<SweepSummary> {
    await this.#check(plan, confirmed)
    const { id } = this.#options.history.sweeps.create(plan, runCount(plan))
    this.#publish(id)
    this.next()
    return this.#summary(id)
  }

  /**
   * Sends a sweep to a cluster, or lets one go on there; ends with `begun`. Who stops listening calls it back.
   * @throws LabError as `start`, `resume`, `BranchPoints.with` and `Sendings.follow`; nothing is stored then.
   */
  send(order: SweepToSend, signal?: AbortSignal): AsyncGenerator<SendingEvent> {
    return this.#sendings.follow(
      (sending) => ('plan' in order ? this.#sendNew(order, sending) : this.resume(order.sweep, sending, order.at)),
      signal,
    )
  }

  async #sendNew(
    { plan, confirmed, on }: Extract<SweepToSend, { readonly plan: SweepPlan }>,
    sending: Sending,
  ): Promise<SweepSummary> {
    return this.#options.withBeginning(plan.base, async () => {
      await this.#check(plan, confirmed)
      const id = await this.#options.clusters().start(plan, on, sending)
      this.#publish(id)
      return this.#summary(id)
    })
  }

  async #check(plan: SweepPlan, confirmed: number | undefined): Promise<void> {
    const { check, verify } = this.#options
    checkSize(plan, confirmed ?? null)
    checkSettings(plan)
    await checkTrials(plan, check, nextTurn)
    await verify(plan.base)
  }

  /**
   * Pauses a sweep with the run of it that trains.
   * @throws LabError `sweep-unknown` or `sweep-over`, or as `ClusterSweeps.end`.
   */
  async pause(id: number, here = false): Promise<SweepSummary> {
    const sweep = this.#standing(id)
    if (sweep.cluster !== null) await this.#options.clusters().end(sweep, 'paused', here)
    else if (sweep.state === 'active') await this.#rest(id, 'paused', 'person')
    return this.#summary(id)
  }

  /**
   * Lets a sweep go on.
   * @throws LabError `sweep-unknown` or `sweep-over`, or as `ClusterSweeps.resume`.
   */
  async resume(id: number, sending: Sending = unwatched, at: ClusterAddress | null = null): Promise<SweepSummary> {
    const sweep = this.#standing(id)
    if (sweep.cluster !== null) await this.#options.clusters().resume(sweep, sending, at)
    else if (sweep.state === 'paused') {
      this.set(id, 'active', null, null)
      this.next()
    }
    return this.#summary(id)
  }

  /**
   * Ends a sweep for good and stops the run of it that trains.
   * @throws LabError `sweep-unknown` or `sweep-over`, or as `ClusterSweeps.end`.
   */
  async cancel(id: number, here = false): Promise<SweepSummary> {
    const sweep = this.#standing(id)
    if (sweep.cluster !== null) await this.#options.clusters().end(sweep, 'cancelled', here)
    else await this.#rest(id, 'cancelled', null)
    return this.#summary(id)
  }

  /**
   * Deletes a sweep that is not under way; its runs go into the bin with it, or stay.
   * @throws LabError as `Sweeps.delete`; nothing is deleted then.
   */
  delete(id: number, withRuns: boolean): SweepSummary {
    const { history, events, claimed, aroundQueue } = this.#options
    const continuing = this.#trialsOf(id).find(({ run }) => run !== null && run.id === claimed())
    if (withRuns && continuing?.run != null) refuse('run-trains', { run: continuing.run.id })
    aroundQueue(() => {
      const runs = history.sweeps.delete(id, withRuns, new Date().toISOString())
      if (runs.length > 0) events.publish({ kind: 'deleted', kept: history.keptRuns(), runs })
    })
    return this.#readAnew(id)
  }

  /**
   * Restores a deleted sweep with the runs that were deleted with it.
   * @throws LabError `sweep-unknown` or `sweep-not-deleted`.
   */
  restore(id: number): SweepSummary {
    const { history, tellRestored } = this.#options
    const runs = history.sweeps.restore(id)
    if (runs.length > 0) tellRestored(runs)
    return this.#readAnew(id)
  }

  /** Called when a run has ended, after the queue has heard of it: begins the next one of a sweep, or lets it wait. */
  ended(run: RunSummary): void {
    this.#clearTimer()
    const place = this.#options.history.sweeps.ofRun(run.id)
    if (place !== null) this.#refresh(place.sweep, place.trial)
    // A sweep that was paused may go on already, before its run was held.
    const isMeant = this.#holding.delete(run.id)
    if (run.state === 'paused' && !isMeant) this.#holdAll('run', null)
    else if (run.problem !== null && run.state !== 'done' && isTrouble(run.problem))
      this.#holdAll('trouble', run.problem)
    if (place !== null) this.#publish(place.sweep)
    this.next()
  }

  /** Called when a trial of a sweep on a cluster has begun, or its run rests. */
  trialChanged(id: number, trial: number): void {
    this.#refresh(id, trial)
    this.#publish(id)
  }

  /** Called when the end of a run could not even be stored: the next one would fare no better. */
  lost(of: Problem): void {
    this.#clearTimer()
    this.#holdAll('trouble', of)
  }

  /** Begins or continues the next run of the first sweep that has one, unless something is under way. */
  next(): void {
    const { history, busy } = this.#options
    while (!busy() && !this.#continuing) {
      const sweep = this.#active().at(0)
      if (sweep === undefined) return
      const trials = this.#trialsOf(sweep.id)
      const step = nextStep(sweep.plan, progressOf(trials))
      if (step.kind === 'wait') return
      if (step.kind === 'end') {
        this.set(sweep.id, 'done', step.because, null)
        continue
      }
      if (step.kind === 'go-on') {
        void this.#goOn(sweep, step)
        return
      }
      try {
        this.#begin(sweep, step)
      } catch (thrown) {
        if (!(thrown instanceof LabError))
          this.#options.log.add(`beginning trial ${step.trial} of sweep ${sweep.id}`, thrown)
        const of = problemOf(thrown)
        if (!(thrown instanceof LabError) || isTrouble(of) || dataTroubles.includes(of.code)) {
          this.set(sweep.id, 'paused', 'trouble', of)
          continue
        }
        // This one cannot be trained; the others can.
        history.sweeps.giveUpTrial(sweep.id, step.trial, of)
        this.#refresh(sweep.id, step.trial)
        this.#publish(sweep.id)
      }
    }
  }

  /** Reads the trials of sweeps anew: runs of them may have been deleted, or are back. */
  forget(): void {
    this.#trials.clear()
  }

  /** Stops looking at the time, and calls back what is on its way to a cluster. */
  async close(): Promise<void> {
    this.#clearTimer()
    await this.#sendings.close()
  }

  #begin({ id, plan }: StoredSweep, { trial, goal }: Extract<NextStep, { kind: 'begin' }>): void {
    this.#options.begin(requestOfTrial(plan, trial), goal, { sweep: id, trial })
    this.#refresh(id, trial)
    this.#watchTime(id, trial)
    this.#publish(id)
  }

  async #goOn({ id }: StoredSweep, { trial, run, goal }: Extract<NextStep, { kind: 'go-on' }>): Promise<void> {
    this.#continuing = true
    try {
      await this.#options.goOn(run, goal).finally(() => (this.#continuing = false))
      this.#refresh(id, trial)
      this.#watchTime(id, trial)
      this.#publish(id)
      // A person may have paused or cancelled the sweep while the checkpoint was read.
      const { state } = this.#options.history.sweeps.sweep(id)
      if (state !== 'active') await this.#holdRun(run, state === 'paused' ? 'paused' : 'stopped')
    } catch (thrown) {
      if (!(thrown instanceof LabError)) this.#options.log.add(`continuing run ${run} of sweep ${id}`, thrown)
      // Once Conv Lab is closing, the next opening holds the sweep.
      if (problemOf(thrown).code === 'lab-closing') return
      this.set(id, 'paused', 'trouble', problemOf(thrown))
      this.next()
    }
  }

  /** Stops the run that trains once the time of its sweep is used up. Training takes at least as long by the clock. */
  #watchTime(id: number, trial: number): void {
    const { history, hold, log } = this.#options
    const { minutes } = history.sweeps.sweep(id).plan.budget
    this.#clearTimer()
    if (minutes === null) return
    this.#refresh(id, trial)
    const left = minutes * 60 - secondsOf(progressOf(this.#trialsOf(id)))
    const run = this.#trials.get(id)?.get(trial)?.run
    if (run === null || run === undefined || run.state !== 'training') return
    if (left > 0) {
      const wait = Math.min(longestWait, Math.max(shortestWait, left * 1000))
      this.#timer = setTimeout(() => this.#watchTime(id, trial), wait)
      this.#timer.unref()
      return
    }
    hold(run.id, 'stopped').catch((thrown: unknown) => log.add(`stopping run ${run.id} of sweep ${id}`, thrown))
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** @throws LabError `sweep-unknown` or `sweep-deleted`. */
  #there(id: number): StoredSweep {
    const sweep = this.#options.history.sweeps.sweep(id)
    return sweep.deletedAt === null ? sweep : refuse('sweep-deleted', { sweep: id })
  }

  /** @throws LabError as `there`, or `sweep-over`. */
  #standing(id: number): StoredSweep {
    const sweep = this.#there(id)
    return sweep.state === 'done' || sweep.state === 'cancelled' ? refuse('sweep-over', { sweep: id }) : sweep
  }

  /** Lets a sweep rest, with the run of it that trains. */
  async #rest(id: number, state: 'paused' | 'cancelled', reason: SweepReason | null): Promise<void> {
    this.set(id, state, reason, null)
    const { training } = this.#summary(id)
    if (training === null) return
    await this.#holdRun(training, state === 'paused' ? 'paused' : 'stopped')
  }

  async #holdRun(run: number, as: 'paused' | 'stopped'): Promise<void> {
    this.#holding.add(run)
    try {
      await this.#options.hold(run, as)
    } catch (thrown) {
      this.#holding.delete(run)
      // It has just ended by itself.
      if (!(thrown instanceof LabError && thrown.problem.code === 'run-not-training')) throw thrown
    }
  }

  /** The sweeps that are under way on this computer, the first one first. */
  #active(): StoredSweep[] {
    return this.#options.history.sweeps
      .all()
      .filter(({ state, cluster }) => state === 'active' && cluster === null)
      .reverse()
  }

  #holdAll(reason: SweepReason, of: Problem | null): void {
    for (const { id } of this.#active()) this.set(id, 'paused', reason, of)
  }

  /** Stores how a sweep stands and tells the windows. */
  set(id: number, state: SweepState, reason: SweepReason | null, of: Problem | null): void {
    this.#options.history.sweeps.set(id, state, reason, of)
    this.#publish(id)
  }

  #publish(id: number): void {
    this.#options.events.publish({ kind: 'sweep', sweep: this.#summary(id) })
  }

  /** Its runs went into the bin, or came out of it. */
  #readAnew(id: number): SweepSummary {
    this.#trials.delete(id)
    this.#publish(id)
    return this.#summary(id)
  }

  #summary(id: number): SweepSummary {
    return summaryOf(this.#options.history.sweeps.sweep(id), this.#trialsOf(id))
  }

  #trialsOf(id: number): StoredTrial[] {
    const known = this.#trials.get(id)
    if (known !== undefined) return [...known.values()]
    const read = this.#options.history.sweeps.trials(id)
    this.#trials.set(id, new Map(read.map((trial) => [trial.trial, trial])))
    return read
  }

  #refresh(id: number, trial: number): void {
    this.#trialsOf(id)
    const read = this.#options.history.sweeps.trial(id, trial)
    if (read !== null) this.#trials.get(id)?.set(trial, read)
  }
}
