import { setTimeout as delay } from 'node:timers/promises'
import type { ClusterAddress, ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { nextStep } from '../../core/sweep/nextStep.ts'
import type { SweepReason, SweepState } from '../../core/sweep/sweep.ts'
import { runCount } from '../../core/sweep/sweepPoints.ts'
import type { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { phrase } from '../../core/words/phrases.ts'
import { LabError, problem, problemOf, refuse, type Problem } from '../../core/words/problems.ts'
import type { StoredCluster, StoredSweep } from '../history/sweeps.ts'
import { dataForRequest } from '../training/runData.ts'
import { progressOf } from '../training/sweepResults.ts'
import type { TrainingRun, TrainingRunTools } from '../training/trainingRun.ts'
import { FollowedJob, type JobEnd } from './followedJob.ts'
import { LeftJobs } from './leftJobs.ts'
import { isToBeSentAgain, isUnheard } from './leftRuns.ts'
import { isUnanswered, RayClient } from './rayClient.ts'
import type { Sending } from './sendings.ts'
import { allRuns, mostSent, runsLeft, type RunSources } from './runsToSend.ts'
import { askDriver, newName } from './smallJobs.ts'
import { uploadSweep, type UploadedSweep } from './upload.ts'

export interface ClusterSweepsOptions extends Omit<TrainingRunTools, 'engine'>, RunSources {
  /** Called when a trial has begun, or its run rests. */
  readonly onTrial: (sweep: number, trial: number) => void
  /** Stores how a sweep stands and tells the windows. */
  readonly set: (sweep: number, state: SweepState, reason: SweepReason | null, of: Problem | null) => void
}

/** A sweep of which one knows that it is on a cluster. */
type OnCluster = StoredSweep & { readonly cluster: StoredCluster }

/**
 * Sweeps on a Ray cluster: sends them, follows them, and asks for their end. How each stands is stored, so a sweep is
 * found again after any end of Conv Lab.
 */
export class ClusterSweeps {
  readonly #options: ClusterSweepsOptions
  readonly #followed = new Map<number, FollowedJob>()
  /** What was last told to stand in the way of a sweep. */
  readonly #troubles = new Map<number, Problem['code'] | null>()
  /** What still clears up behind jobs that have ended. */
  readonly #clearing = new Set<Promise<void>>()
  readonly #left: LeftJobs
  #closing = false

  constructor(options: ClusterSweepsOptions) {
    this.#options = options
    this.#left = new LeftJobs(options)
  }

  /** Follows all sweeps that train on clusters, and stops what was left there. */
  attach(): void {
    this.#left.watch()
    for (const sweep of this.#options.history.sweeps.all())
      if (sweep.state === 'active' && isOnCluster(sweep)) this.#attach(sweep)
  }

  /**
   * Sends a sweep that was checked, and follows it.
   * @throws LabError why it cannot be sent, or the reason of the signal; nothing was stored then.
   */
  async start(plan: SweepPlan, place: ClusterPlace, sending: Sending): Promise<number> {
    if (plan.halving !== null || plan.budget.minutes !== null) refuse('cluster-sweep-unfit', {})
    if (runCount(plan) > mostSent) refuse('cluster-sweep-large', { runs: runCount(plan), most: mostSent })
    const runs = allRuns(this.#options, plan, place)
    const uploaded = await uploadSweep(this.#options, plan.base, place, runs, sending)
    const { id } = this.#options.history.sweeps.create(plan, runs.length, place)
    await this.#submit(id, newName(), uploaded)
    return id
  }

  /**
   * Lets a sweep go on: follows it, or sends again what is left of it.
   * @param at Where its cluster answers now, or another one; null: where it did.
   * @throws LabError why it cannot be sent, or the reason of the signal; it waits then as before.
   */
  async resume(stored: StoredSweep, sending: Sending, at: ClusterAddress | null = null): Promise<void> {
    if (!isOnCluster(stored) || (at === null && this.#followed.has(stored.id))) return
    const { history, set } = this.#options
    const { id, state } = stored
    const place = { ...stored.cluster.place, ...at }
    const sweep = { ...stored, cluster: { ...stored.cluster, place } }
    // Where its answer was lost, the cluster may have begun it.
    if ((state === 'active' && at === null) || (await isThere(sweep))) {
      await this.#followed.get(id)?.leave()
      history.sweeps.setPlace(id, place)
      if (state !== 'active') set(id, 'active', null, null)
      this.#attach(sweep)
      return
    }
    if (state === 'active') {
      const { host } = new URL(stored.cluster.place.address)
      refuse('cluster-other', { sweep: id, address: new URL(place.address).host, other: host })
    }
    // A job that could not be stopped would train beside the next one.
    await this.#left.stopOf(id, new RayClient(place))
    const runs = await runsLeft(this.#options, sweep, place)
    const uploaded = await uploadSweep(this.#options, sweep.plan.base, place, runs, sending)
    const job = at === null ? stored.cluster.job : null
    if (at !== null) {
      history.sweeps.leaveJob(id)
      history.sweeps.setPlace(id, place)
    }
    set(id, 'active', null, null)
    await this.#submit(id, job ?? newName(), uploaded)
  }

  /**
   * Asks the cluster to hold all runs of a sweep, with checkpoints. Resolves when it rests.
   * @param here Whether it ends here where the cluster cannot be asked; its job is then stopped later.
   * @throws LabError `cluster-not-ended`; it goes on then.
   */
  async end(sweep: StoredSweep, asked: 'paused' | 'cancelled', here: boolean): Promise<void> {
    if (!isOnCluster(sweep)) return
    try {
      await this.#endThere(sweep, asked)
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown
      if (here) await this.#endHere(sweep, asked)
      else refuseToEnd(sweep, thrown)
    }
  }

  async #endThere(sweep: OnCluster, asked: 'paused' | 'cancelled'): Promise<void> {
    const { history, set } = this.#options
    const { id, cluster } = sweep
    if (cluster.job === null || (sweep.state !== 'active' && !(await isThere(sweep)))) {
      history.sweeps.setJob(id, null)
      set(id, asked, asked === 'paused' ? 'person' : null, null)
      this.#clearUpBehind(id, new RayClient(cluster.place))
      return
    }
    if (sweep.state !== 'active') set(id, 'active', null, null)
    this.#attach(sweep)
    history.sweeps.setJob(id, cluster.job, asked)
    try {
      await askDriver(
        new RayClient(cluster.place),
        `hold ${cluster.job} all ${asked === 'paused' ? 'paused' : 'stopped'}`,
      )
    } catch (thrown) {
      history.sweeps.setJob(id, cluster.job)
      throw thrown
    }
    await this.#followed.get(id)?.ended
    // What is stored of its end follows at once.
    await delay(0)
  }

  /** Ends a sweep here alone. */
  async #endHere({ id, cluster }: OnCluster, asked: 'paused' | 'cancelled'): Promise<void> {
    const { history, events, onTrial, set } = this.#options
    const of = problem('cluster-ended-here', { address: new URL(cluster.place.address).host })
    history.sweeps.leaveJob(id)
    await this.#followed.get(id)?.leave(of)
    for (const { trial, run, problem: known } of history.sweeps.trials(id)) {
      if (run === null || !isUnheard(run.state, known)) continue
      events.publish({ kind: 'run', run: history.restAs(run.id, 'interrupted', of) })
      onTrial(id, trial)
    }
    set(id, asked, asked === 'paused' ? 'person' : null, null)
  }

  /** Whether the cluster still has the last word on a run that rests here. */
  has({ sweep, state, problem: of }: Pick<RunSummary, 'sweep' | 'state' | 'problem'>): boolean {
    if (sweep === null || !isUnheard(state, of)) return false
    const stored = this.#options.history.sweeps.sweep(sweep)
    return stored.cluster !== null && stored.state === 'active'
  }

  /** The training of a run on a cluster; null for another. */
  trainingOf(run: number): TrainingRun | null {
    for (const job of this.#followed.values()) {
      const training = job.trainingOf(run)
      if (training !== null) return training
    }
    return null
  }

  /**
   * Holds a run that trains on a cluster. Resolves when it rests.
   * @throws LabError `run-not-training`.
   */
  async hold(run: number, as: 'paused' | 'stopped'): Promise<RunSummary> {
    const job = [...this.#followed.values()].find((one) => one.trainingOf(run) !== null)
    return job === undefined ? refuse('run-not-training', { run }) : job.hold(run, as)
  }

  /** Stops listening to all clusters. What trains there goes on. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all([...this.#followed.values()].map((job) => job.leave()))
    await Promise.all(this.#clearing)
    await this.#left.close()
  }

  #attach(sweep: OnCluster): void {
    const { id, plan, cluster } = sweep
    if (this.#followed.has(id) || this.#closing) return
    const { job, place } = cluster
    const client = new RayClient(place)
    if (job === null) {
      // Conv Lab was killed while it sent the sweep.
      this.#options.set(id, 'paused', 'trouble', problem('cluster-job-unknown', { address: client.host }))
      return
    }
    const { datasets } = this.#options
    const followed = new FollowedJob({
      ...this.#options,
      client,
      sweep,
      job,
      trainImages: dataForRequest(datasets, plan.base).trainImages,
      hold: (trial, as) => askDriver(client, `hold ${job} ${trial} ${as}`),
      onTrial: (trial) => this.#options.onTrial(id, trial),
      onTrouble: (of) => this.#tellTrouble(id, of),
    })
    this.#followed.set(id, followed)
    this.#troubles.set(id, sweep.problem?.code ?? null)
    void followed.ended.then((end) => this.#ended(id, end))
  }

  #tellTrouble(id: number, of: Problem | null): void {
    if ((this.#troubles.get(id) ?? null) === (of?.code ?? null)) return
    this.#troubles.set(id, of?.code ?? null)
    this.#options.set(id, 'active', null, of)
  }

  /** Stores how a sweep stands after its job was followed to its end, and clears up behind it. */
  #ended(id: number, end: JobEnd): void {
    const { history, log, set } = this.#options
    this.#followed.delete(id)
    this.#troubles.delete(id)
    if (end.kind === 'left') return
    try {
      const sweep = history.sweeps.sweep(id)
      if (!isOnCluster(sweep)) return
      const { asked, place } = sweep.cluster
      // Its name is kept until it is cleared up: it may train on.
      history.sweeps.leaveJob(id)
      if (asked !== null) set(id, asked, asked === 'paused' ? 'person' : null, null)
      else if (end.kind === 'lost') set(id, 'paused', 'trouble', end.problem)
      else {
        const trials = history.sweeps.trials(id)
        const next = nextStep(sweep.plan, progressOf(trials))
        const isLeft = trials.some(({ run, problem: of }) => run !== null && isToBeSentAgain(run.state, of))
        if (next.kind === 'end' && !isLeft) set(id, 'done', next.because, null)
        else set(id, 'paused', 'person', null)
      }
      this.#clearUpBehind(id, new RayClient(place))
    } catch (thrown) {
      log.add(`storing how sweep ${id} ended on the cluster`, thrown)
    }
  }

  #clearUpBehind(id: number, client: RayClient): void {
    const clearing = this.#left
      .stopOf(id, client)
      .catch((thrown: unknown) => this.#options.log.add(`clearing up behind sweep ${id} on the cluster`, thrown))
      .finally(() => this.#clearing.delete(clearing))
    this.#clearing.add(clearing)
  }

  /**
   * Begins the job of a stored sweep. Where that fails, the sweep waits and says why. The name of the job is stored
   * first: the cluster may have begun it although its answer is lost, and it takes each name once.
   */
  async #submit(id: number, job: string, { client, environment }: UploadedSweep): Promise<void> {
    const { history, set, log } = this.#options
    history.sweeps.setJob(id, job)
    const sweep = history.sweeps.sweep(id)
    if (!isOnCluster(sweep)) return
    await this.#left.stop(client)
    try {
      await client.submit(job, `python driver.py train ${job}`, environment)
    } catch (thrown) {
      if (!(thrown instanceof LabError)) log.add(`sending sweep ${id}`, thrown)
      if (!(await isThere(sweep).catch(() => false))) {
        set(id, 'paused', 'trouble', problemOf(thrown))
        return
      }
    }
    this.#attach(sweep)
  }
}

/** Says how a sweep can be ended nevertheless where its cluster could not be asked. */
function refuseToEnd({ cluster }: OnCluster, because: LabError): never {
  if (!isUnanswered(because.problem)) throw because
  const { host } = new URL(cluster.place.address)
  const detail = because.problem.parameters['detail'] ?? phrase('server-answered', { status: 401 })
  return refuse('cluster-not-ended', { address: host, detail }, { cause: because })
}

/**
 * Whether the cluster knows the job of a sweep.
 * @throws LabError where it does not answer.
 */
async function isThere({ cluster: { job, place } }: OnCluster): Promise<boolean> {
  return job !== null && (await new RayClient(place).job(job)) !== null
}

function isOnCluster(sweep: StoredSweep): sweep is OnCluster {
  return sweep.cluster !== null
}
