import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import { usualHealthEvery } from '../../core/health/healthBatch.ts'
import type { RunPhase, RunRequest, RunSummary } from '../../core/run/run.ts'
import { nextStep } from '../../core/sweep/nextStep.ts'
import type { SweepReason, SweepState } from '../../core/sweep/sweep.ts'
import { runCount } from '../../core/sweep/sweepPoints.ts'
import type { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { requestOfTrial } from '../../core/sweep/trialRequest.ts'
import { LabError, problem, problemOf, refuse, type Problem } from '../../core/words/problems.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import { zipOf } from '../files/zip.ts'
import type { StoredCluster, StoredSweep, StoredTrial } from '../history/sweeps.ts'
import type { BranchPoints } from '../training/branchPoints.ts'
import { pointToContinue } from '../training/pointToContinue.ts'
import { dataForRequest } from '../training/runData.ts'
import { progressOf } from '../training/sweepResults.ts'
import { trainOrderFor } from '../training/trainOrder.ts'
import type { TrainingRunTools } from '../training/trainingRun.ts'
import { dataParts } from './dataParts.ts'
import { FollowedJob, type JobEnd } from './followedJob.ts'
import { isToBeSentAgain, isUnheard } from './leftRuns.ts'
import { programZip } from './program.ts'
import { hasEnded, RayClient, type RuntimeEnvironment } from './rayClient.ts'
import { dataName, fileName, filesOf, sentSweep, type RunToSend } from './sentSweep.ts'

/** The oldest minor version of Ray 2 that is taken. */
const leastRay = 30

/** Steps between two checkpoints that are written only for safety. They are what a lost node costs at most. */
const checkpointEvery = 250

/** Milliseconds between two looks at a small job, and the most looks. */
const lookEvery = 1000
const mostLooks = 120

export interface ClusterSweepsOptions extends Omit<TrainingRunTools, 'engine'> {
  readonly home: Home
  readonly branchPoints: BranchPoints
  /** Called when a trial has begun, or its run rests. */
  readonly onTrial: (sweep: number, trial: number) => void
  /** Stores how a sweep stands and tells the windows. */
  readonly set: (sweep: number, state: SweepState, reason: SweepReason | null, of: Problem | null) => void
}

/** A sweep of which one knows that it is on a cluster. */
type OnCluster = StoredSweep & { readonly cluster: StoredCluster }

/** What was uploaded, and what a job is to do with it. */
interface Sent {
  readonly client: RayClient
  readonly environment: RuntimeEnvironment
}

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
  #closing = false

  constructor(options: ClusterSweepsOptions) {
    this.#options = options
  }

  /** Follows all sweeps that train on clusters. */
  attach(): void {
    for (const sweep of this.#options.history.sweeps.all())
      if (sweep.state === 'active' && isOnCluster(sweep)) this.#attach(sweep)
  }

  /**
   * Sends a sweep that was checked, and follows it.
   * @throws LabError why it cannot be sent; nothing was stored then.
   */
  async start(plan: SweepPlan, place: ClusterPlace): Promise<number> {
    if (plan.halving !== null || plan.budget.minutes !== null) refuse('cluster-sweep-unfit', {})
    const { history } = this.#options
    const runs = Array.from({ length: runCount(plan) }, (_, trial) => this.#newRun(plan, place, trial))
    const sent = await this.#upload(plan, place, runs)
    const { id } = history.sweeps.create(plan, runs.length, place)
    await this.#submit(id, sent)
    return id
  }

  /**
   * Lets a sweep go on: follows it, or sends again what is left of it.
   * @throws LabError why it cannot be sent; it waits then as before.
   */
  async resume(sweep: StoredSweep): Promise<void> {
    if (!isOnCluster(sweep) || this.#followed.has(sweep.id)) return
    if (sweep.state === 'active') {
      this.#attach(sweep)
      return
    }
    const { plan, cluster } = sweep
    const runs = await this.#left(sweep)
    const sent = await this.#upload(plan, cluster.place, runs)
    this.#options.set(sweep.id, 'active', null, null)
    await this.#submit(sweep.id, sent)
  }

  /**
   * Asks the cluster to hold all runs of a sweep, with checkpoints. Resolves when it rests.
   * @throws LabError where the cluster does not answer; it goes on then.
   */
  async end(sweep: StoredSweep, asked: 'paused' | 'cancelled'): Promise<void> {
    const { history, set } = this.#options
    if (!isOnCluster(sweep)) return
    const { id, cluster } = sweep
    if (sweep.state !== 'active' || cluster.job === null) {
      set(id, asked, asked === 'paused' ? 'person' : null, null)
      return
    }
    this.#attach(sweep)
    history.sweeps.setJob(id, cluster.job, asked)
    try {
      await this.#ask(cluster, `hold ${cluster.job} all ${asked === 'paused' ? 'paused' : 'stopped'}`)
    } catch (thrown) {
      history.sweeps.setJob(id, cluster.job)
      throw thrown
    }
    await this.#followed.get(id)?.ended
    // What is stored of its end follows at once.
    await delay(0)
  }

  /** Whether the cluster still has the last word on a run that rests here. */
  has({ sweep, state, problem: of }: Pick<RunSummary, 'sweep' | 'state' | 'problem'>): boolean {
    if (sweep === null || !isUnheard(state, of)) return false
    const stored = this.#options.history.sweeps.sweep(sweep)
    return stored.cluster !== null && stored.state === 'active'
  }

  /** The phase of a run that trains on a cluster; null for another. */
  phaseOf(run: number): RunPhase | null {
    for (const job of this.#followed.values()) {
      const phase = job.phaseOf(run)
      if (phase !== null) return phase
    }
    return null
  }

  /**
   * Holds a run that trains on a cluster. Resolves when it rests.
   * @throws LabError `run-not-training`.
   */
  async hold(run: number, as: 'paused' | 'stopped'): Promise<RunSummary> {
    const job = [...this.#followed.values()].find((one) => one.phaseOf(run) !== null)
    return job === undefined ? refuse('run-not-training', { run }) : job.hold(run, as)
  }

  /** Stops listening to all clusters. What trains there goes on. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all([...this.#followed.values()].map((job) => job.leave()))
    await Promise.all(this.#clearing)
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
      hold: (trial, as) => this.#ask(cluster, `hold ${job} ${trial} ${as}`),
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
      const { job, asked } = sweep.cluster
      history.sweeps.setJob(id, null)
      if (asked !== null) set(id, asked, asked === 'paused' ? 'person' : null, null)
      else if (end.kind === 'lost') set(id, 'paused', 'trouble', end.problem)
      else {
        const next = nextStep(sweep.plan, progressOf(history.sweeps.trials(id)))
        if (next.kind === 'end') set(id, 'done', next.because, null)
        else set(id, 'paused', 'person', null)
      }
      if (job === null) return
      const clearing = this.#clearUp(sweep.cluster, job).finally(() => this.#clearing.delete(clearing))
      this.#clearing.add(clearing)
    } catch (thrown) {
      log.add(`storing how sweep ${id} ended on the cluster`, thrown)
    }
  }

  /** Ends a job for good and deletes what it left. What cannot be deleted now goes with the Ray session. */
  async #clearUp(cluster: StoredCluster, job: string): Promise<void> {
    const client = new RayClient(cluster.place)
    try {
      const known = await client.job(job)
      if (known === null) return
      if (!hasEnded(known)) {
        await client.stop(job)
        await rested(client, job)
      }
      await this.#ask(cluster, `forget ${job}`)
      await client.forget(job)
    } catch (thrown) {
      this.#options.log.add(`clearing up after job ${job}`, thrown)
    }
  }

  /** Lets the driver's program do something on the head, and waits until it has. */
  async #ask({ place }: StoredCluster, words: string): Promise<void> {
    const client = new RayClient(place)
    const environment = { working_dir: await client.upload(await programZip()) }
    const job = await client.submit(newName(), `python driver.py ${words}`, environment)
    await rested(client, job)
    await client.forget(job)
  }

  #newRun(plan: SweepPlan, place: ClusterPlace, trial: number): RunToSend {
    const request = requestOfTrial(plan, trial)
    const { config, goal, evaluateEvery, patience } = request
    return {
      trial,
      order: {
        run: trial + 1,
        config,
        dataFolder: '',
        checkpointFolder: '',
        from: null,
        branchPoint: this.#options.branchPoints.fileOf(config),
        evaluated: false,
        threads: place.processors,
        goal,
        evaluateEvery,
        checkpointEvery,
        healthEvery: request.healthEvery ?? usualHealthEvery(config.batch),
        bestAccuracy: null,
        patience,
        evaluationsSinceBest: 0,
        pauseAfter: null,
      },
    }
  }

  /** What is left to train of a sweep: trials that have not begun, and runs that were broken off. */
  async #left(sweep: OnCluster): Promise<RunToSend[]> {
    const { id, plan, cluster } = sweep
    const stored = new Map(this.#options.history.sweeps.trials(id).map((trial) => [trial.trial, trial]))
    const left: RunToSend[] = []
    for (let trial = 0; trial < runCount(plan); trial += 1) {
      const known = stored.get(trial)
      if (known === undefined) left.push(this.#newRun(plan, cluster.place, trial))
      else if (known.run !== null && isToBeSentAgain(known.run.state, known.problem))
        left.push(await this.#goneOn(cluster.place, trial, known.run))
    }
    return left
  }

  /** A run that goes on from its newest checkpoint that is here. */
  async #goneOn(place: ClusterPlace, trial: number, { id }: NonNullable<StoredTrial['run']>): Promise<RunToSend> {
    const { history, home, branchPoints } = this.#options
    const run = history.detail(id)
    const folder = checkpointFolder(home, id)
    const { from } = await pointToContinue(run, folder, history.writtenCheckpoints(id))
    const branchPoint = from === null ? branchPoints.fileOf(run.config) : null
    const files = { dataFolder: '', checkpointFolder: '', from, branchPoint }
    const order = trainOrderFor(run, files, history.healthEvery(id))
    return { trial, order: { ...order, run: trial + 1, threads: place.processors, checkpointEvery } }
  }

  /** Uploads all that a sweep needs; what the cluster has already is not sent again. */
  async #upload(plan: SweepPlan, place: ClusterPlace, runs: readonly RunToSend[]): Promise<Sent> {
    const { data, folder, inFolder } = this.#dataOf(plan.base)
    const client = new RayClient(place)
    await checkVersion(client)
    const working_dir = await client.upload(await programZip())
    const modules: string[] = []
    if (place.dataFolder === null)
      for await (const part of dataParts(folder, dataName(data))) modules.push(await client.upload(part))
    for (const { path: file, sha256 } of filesOf(runs)) {
      const entry = { name: `${fileName(sha256)}/checkpoint.safetensors`, content: await readFile(file) }
      modules.push(await client.upload(await zipOf([entry], { compress: true })))
    }
    const text = JSON.stringify(sentSweep(place, runs, { sha256: data, inFolder }))
    const order = { name: 'conv-lab-sweep/sweep.json', content: Buffer.from(text) }
    const sweep = await zipOf([order], { compress: true })
    return { client, environment: { working_dir, py_modules: [await client.upload(sweep), ...modules] } }
  }

  #dataOf(base: RunRequest): { data: string; folder: string; inFolder: string } {
    const { datasets, home } = this.#options
    const { dataFolder: folder } = dataForRequest(datasets, base)
    return { data: base.config.data.sha256, folder, inFolder: path.relative(home.datasets, folder) }
  }

  /** Begins the job of a stored sweep. Where that fails, the sweep waits and says why. */
  async #submit(id: number, { client, environment }: Sent): Promise<void> {
    const { history, set, log } = this.#options
    try {
      const name = newName()
      const job = await client.submit(name, `python driver.py train ${name}`, environment)
      history.sweeps.setJob(id, job)
      const sweep = history.sweeps.sweep(id)
      if (isOnCluster(sweep)) this.#attach(sweep)
    } catch (thrown) {
      if (!(thrown instanceof LabError)) log.add(`sending sweep ${id}`, thrown)
      set(id, 'paused', 'trouble', problemOf(thrown))
    }
  }
}

function isOnCluster(sweep: StoredSweep): sweep is OnCluster {
  return sweep.cluster !== null
}

/** A name for a job. Ray refuses one that it has had. */
function newName(): string {
  return `conv-lab-${randomBytes(8).toString('hex')}`
}

/** Waits until a small job has ended. */
async function rested(client: RayClient, job: string): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    const known = await client.job(job)
    if (known === null || hasEnded(known)) return
    await delay(lookEvery)
  }
}

/** @throws LabError `cluster-version`, or as `RayClient.version`. */
async function checkVersion(client: RayClient): Promise<void> {
  const version = await client.version()
  const [major, minor] = version.split('.').map(Number)
  if (major !== 2 || !(minor >= leastRay))
    refuse('cluster-version', { version, address: client.host, least: `2.${leastRay}` })
}
