import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RestState, RunSummary } from '../../core/run/run.ts'
import { requestOfTrial } from '../../core/sweep/trialRequest.ts'
import { LabError, problem, problemOf, refuse, type Problem } from '../../core/words/problems.ts'
import { writeFileAtomically } from '../files/atomicFile.ts'
import { makeFolder } from '../files/makeFolder.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { StoredSweep } from '../history/sweeps.ts'
import { pointToContinue } from '../training/pointToContinue.ts'
import { trainOrderFor } from '../training/trainOrder.ts'
import { TrainingRun, type TrainingRunTools } from '../training/trainingRun.ts'
import { type CheckpointUse, usesOf, worthFetching } from './checkpointsKept.ts'
import { shortened } from './foreignWords.ts'
import { JobFolder } from './jobFolder.ts'
import type { JournalLine, JournalState, RunEvent } from './journal.ts'
import { isToBeSentAgain, isUnheard } from './leftRuns.ts'
import { hasEnded, isUnanswered, type RayClient } from './rayClient.ts'
import { pastStep, type ToldEvent } from './pastStep.ts'
import { RemoteEngine } from './remoteEngine.ts'

/** Milliseconds from one look at the cluster to the next, and the longest while it does not answer. */
const interval = 2000
const longestInterval = 30_000

/**
 * Milliseconds without a run that trains after which a cluster counts as full. A node that is being prepared takes its
 * processors before its run trains.
 */
const fullAfter = 120_000

type Told<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>

export interface FollowedJobOptions extends Omit<TrainingRunTools, 'engine'> {
  readonly home: Home
  readonly client: RayClient
  readonly sweep: StoredSweep
  readonly job: string
  /** Images that the runs of the sweep train on. */
  readonly trainImages: number
  /** Asks the cluster to hold the run of a trial. */
  readonly hold: (trial: number, as: 'paused' | 'stopped') => Promise<void>
  /** Called when a trial has begun, or its run rests. */
  readonly onTrial: (trial: number) => void
  /** Called when something stands in the way of the sweep, or (null) no longer does. */
  readonly onTrouble: (of: Problem | null) => void
}

/** How following a job ended: all runs have ended, nobody listens any more, or it cannot go on. */
export type JobEnd = { readonly kind: 'ended' | 'left' } | { readonly kind: 'lost'; readonly problem: Problem }

/** What is known of a trial. */
interface Followed {
  readonly trial: number
  /** Its run here; null before it has begun. */
  run: number | null
  /** Where its run here stands, until what the cluster tells has come there; null: it stands nowhere yet. */
  standsAt: { readonly step: number; readonly sha256: string | null } | null
  /** Whether it was held: it goes on only where it was sent again from there, in a job of its own. */
  readonly isHeld: boolean
  /** What to say where it goes on. */
  note: Problem | null
  /** The computer of this attempt, its first event, and its waiting seconds that are stored already. */
  computer: string
  ready: Told<'ready'> | null
  /**
   * What this attempt told past the step where the run stands: an engine computes on while a checkpoint is written, so
   * some steps come before the checkpoint from which they go on.
   */
  readonly ahead: ToldEvent[]
  waitedBefore: number
  engine: RemoteEngine | null
  training: TrainingRun | null
  /** Files of checkpoints that were gone before they could be fetched, until one that takes their place is here. */
  readonly gone: Map<CheckpointUse, string>
  /** Whether nothing more of it is taken. */
  isOver: boolean
}

/**
 * Follows the job of a sweep on a cluster: reads what the driver writes, and hands it to the same code that stores what
 * an engine of this computer tells. It can be left at any time and taken up again: each run then goes on from its newest
 * checkpoint that is here, with what the cluster has told since.
 */
export class FollowedJob {
  /** Resolves once all runs rest here. */
  readonly ended: Promise<JobEnd>
  readonly #options: FollowedJobOptions
  readonly #trials = new Map<number, Followed>()
  readonly #leaving = new AbortController()
  /** Files of events that were taken, and lines of the next one. */
  readonly #taken = { files: 0, lines: 0 }
  /** Why the nodes of the cluster cannot train; null while they can. */
  #givenUp: Problem | null = null
  #leftBecause: Problem | null = null
  /** Since when all runs have waited for processors; null while they do not. */
  #waitingSince: number | null = null

  constructor(options: FollowedJobOptions) {
    this.#options = options
    this.ended = this.#followToEnd()
  }

  /** The training of a run; null for another, or one at rest. */
  trainingOf(run: number): TrainingRun | null {
    return this.#followedOf(run)?.training ?? null
  }

  /**
   * Asks for a checkpoint and the end of a run. Resolves when it rests.
   * @throws LabError `run-not-training`, or why the cluster could not be asked.
   */
  async hold(run: number, as: 'paused' | 'stopped'): Promise<RunSummary> {
    const one = this.#followedOf(run)
    const training = one?.training ?? null
    if (one === null || training === null) return refuse('run-not-training', { run })
    await this.#options.hold(one.trial, as)
    return training.ended
  }

  /**
   * Stops listening; the cluster goes on. Resolves when all runs rest here.
   * @param of What they say.
   */
  async leave(of: Problem | null = null): Promise<void> {
    this.#leftBecause ??= of
    this.#leaving.abort()
    await this.ended
  }

  #followedOf(run: number): Followed | null {
    return [...this.#trials.values()].find((one) => one.run === run) ?? null
  }

  async #followToEnd(): Promise<JobEnd> {
    const end = await this.#follow().catch((thrown: unknown): JobEnd => {
      if (!(thrown instanceof LabError)) this.#options.log.add(`following job ${this.#options.job}`, thrown)
      return { kind: 'lost', problem: problemOf(thrown) }
    })
    const { host: address } = this.#options.client
    if (end.kind !== 'lost') await this.#endAll(this.#leftBecause ?? problem('cluster-left', { address }))
    else if (isUnheard('interrupted', end.problem)) await this.#endAll(end.problem)
    // What stands in the way of the sweep is nothing that these runs did.
    else await this.#endAll(problem('cluster-run-left', { address }))
    return end
  }

  async #endAll(of: Problem): Promise<void> {
    for (const { engine } of this.#trials.values()) engine?.fail(of)
    await Promise.all([...this.#trials.values()].flatMap(({ training }) => training?.ended ?? []))
  }

  async #follow(): Promise<JobEnd> {
    const { client, job, onTrouble } = this.#options
    let wait = interval
    while (!this.#leaving.signal.aborted) {
      try {
        // Asked first: once the job has ended, nothing more is written after this.
        const known = await client.job(job)
        if (known === null) return { kind: 'lost', problem: problem('cluster-job-unknown', { address: client.host }) }
        const { driver_node_id: node, message } = known
        const folder = node == null ? null : new JobFolder(client, node, job)
        const state = (await folder?.state()) ?? null
        while (folder !== null && this.#taken.files < (state?.files ?? 0) && !this.#leaving.signal.aborted)
          await this.#takeFile(folder, await folder.events(this.#taken.files + 1))
        if (this.#leaving.signal.aborted) break
        if (this.#givenUp !== null) return { kind: 'lost', problem: this.#givenUp }
        if (state?.ended === true) return { kind: 'ended' }
        if (hasEnded(known))
          return { kind: 'lost', problem: problem('cluster-job-ended', { detail: shortened(message ?? known.status) }) }
        onTrouble(state === null ? null : this.#fullness(state))
        wait = interval
      } catch (thrown) {
        if (!(thrown instanceof LabError) || !isUnanswered(thrown.problem)) throw thrown
        onTrouble(whileSent(thrown.problem, client.host))
        wait = Math.min(longestInterval, wait * 2)
      }
      // Leaving ends the wait early.
      await delay(wait, undefined, { signal: this.#leaving.signal }).catch(() => undefined)
    }
    return { kind: 'left' }
  }

  #fullness({ trains, waits, cpus, freeCpus, allCpus }: JournalState): Problem | null {
    if (trains > 0 || waits === 0 || freeCpus >= cpus) {
      this.#waitingSince = null
      return null
    }
    this.#waitingSince ??= performance.now()
    if (allCpus >= cpus && performance.now() - this.#waitingSince < fullAfter) return null
    return problem('cluster-full', { processors: cpus, free: Math.floor(freeCpus), all: Math.floor(allCpus) })
  }

  /** Takes the lines of a file that were not taken yet: a checkpoint that could not be fetched is asked for again. */
  async #takeFile(folder: JobFolder, lines: readonly JournalLine[]): Promise<void> {
    const fetched = worthFetching(lines)
    for (const line of lines.slice(this.#taken.lines)) {
      if (this.#leaving.signal.aborted) return
      const { event } = line
      if (event.kind !== 'checkpoint' || fetched.has(event)) await this.#take(folder, line)
      this.#taken.lines += 1
    }
    this.#taken.files += 1
    this.#taken.lines = 0
  }

  async #take(folder: JobFolder, { trial, event }: JournalLine): Promise<void> {
    const one = this.#trials.get(trial) ?? (await this.#remember(trial))
    if (one.isOver) return
    switch (event.kind) {
      case 'placed':
        one.computer = event.host
        return
      case 'ready':
        one.ready = event
        one.ahead.length = 0
        one.waitedBefore = 0
        if (one.standsAt === null || one.standsAt.step === event.step) this.#begin(one, event)
        return
      case 'checkpoint':
        await this.#takeCheckpoint(folder, one, event)
        return
      case 'lost':
        await this.#lose(one, event)
        return
      case 'held':
        this.#restAs(one, event.state, null)
        return
      case 'refused':
        await this.#giveUp(one, event.problem)
        return
      case 'given-up':
        // Checkpoints of other runs come home first.
        this.#givenUp ??= problem(event.why === 'lacks' ? 'cluster-node-lacks' : 'cluster-environment', {
          detail: event.detail,
        })
        return
      default:
        await this.#pass(one, event)
    }
  }

  /** Reads where the run of a trial stands here. */
  async #remember(trial: number): Promise<Followed> {
    const { history, home, sweep } = this.#options
    const stored = history.sweeps.trial(sweep.id, trial)
    const one: Followed = {
      trial,
      run: stored?.run?.id ?? null,
      standsAt: null,
      isHeld: stored?.run?.state === 'paused',
      note: null,
      computer: this.#options.client.host,
      ready: null,
      ahead: [],
      waitedBefore: 0,
      engine: null,
      training: null,
      gone: new Map(),
      isOver: stored !== null && (stored.run === null || !isToBeSentAgain(stored.run.state, stored.problem)),
    }
    this.#trials.set(trial, one)
    if (one.run === null || one.isOver) return one
    const { step, from, passedOver } = await pointToContinue(
      history.run(one.run),
      checkpointFolder(home, one.run),
      history.writtenCheckpoints(one.run),
    )
    one.standsAt = { step, sha256: from?.sha256 ?? null }
    one.note = passedOver
    return one
  }

  /** Begins the run of a trial, or lets it go on. */
  #begin(one: Followed, ready: Told<'ready'>): void {
    const { history, events, home, sweep, trainImages, hold, onTrial } = this.#options
    const { trial } = one
    if (one.run === null) {
      one.run = history.createTrial(requestOfTrial(sweep.plan, trial), trainImages, { sweep: sweep.id, trial }).id
    } else {
      history.continueRun(one.run, ready.step, history.run(one.run).goal, one.note)
      events.publish({ kind: 'rewound', run: one.run, step: ready.step })
    }
    one.standsAt = null
    one.note = null
    const engine = new RemoteEngine(one.computer, (as) => hold(trial, as))
    const files = { dataFolder: '', checkpointFolder: checkpointFolder(home, one.run), from: null, branchPoint: null }
    const order = trainOrderFor(history.detail(one.run), files, history.healthEvery(one.run))
    one.engine = engine
    one.training = new TrainingRun({ ...this.#options, engine }, order, Promise.resolve(), () => undefined)
    engine.give(ready)
    onTrial(trial)
  }

  async #takeCheckpoint(folder: JobFolder, one: Followed, event: Told<'checkpoint'>): Promise<void> {
    const { log, home } = this.#options
    const { checkpoint, trainingSeconds, stored } = event
    if (one.engine === null || one.run === null) {
      const stands = one.standsAt
      if (one.isHeld || one.ready === null) return
      if (stands?.step !== checkpoint.step || stands.sha256 !== checkpoint.sha256) return
      this.#begin(one, { ...one.ready, step: checkpoint.step, trainingSeconds, waitingSeconds: 0 })
      for (const told of one.ahead.splice(0)) await this.#pass(one, told)
      return
    }
    const bytes = await folder.checkpoint(stored, checkpoint.sha256)
    for (const use of usesOf(checkpoint))
      if (bytes === null) one.gone.set(use, checkpoint.file)
      else one.gone.delete(use)
    if (bytes === null) {
      // Usually a newer one has taken its place, which then follows.
      log.add(`checkpoint ${checkpoint.file} of run ${one.run}`, new Error('it was no longer on the cluster'))
      return
    }
    const into = checkpointFolder(home, one.run)
    await makeFolder(into)
    await writeFileAtomically(path.join(into, checkpoint.file), [bytes])
    one.engine.give({ kind: 'checkpoint', checkpoint, trainingSeconds })
  }

  /** Hands on what an engine tells, or remembers what of it is stored already. */
  async #pass(one: Followed, event: ToldEvent): Promise<void> {
    const waits = 'waitingSeconds' in event
    if (one.engine === null) {
      const past = one.standsAt === null || one.isHeld ? null : pastStep(event, one.standsAt.step)
      if (past !== null) one.ahead.push(past)
      else if (waits) one.waitedBefore = event.waitingSeconds
      return
    }
    const shifted = waits ? { ...event, waitingSeconds: Math.max(0, event.waitingSeconds - one.waitedBefore) } : event
    if (shifted.kind !== 'ended') {
      one.engine.give(shifted)
      return
    }
    one.engine.give({ ...shifted, problem: shifted.problem ?? checkpointsGone(one.gone) })
    await this.#rest(one, true)
  }

  /** The node of a run is lost. If it is sent again, it goes on from a checkpoint that is here already. */
  async #lose(one: Followed, { detail, step, again }: Told<'lost'>): Promise<void> {
    const note = again
      ? problem('cluster-run-moved', { detail: shortened(detail), step: step ?? 0 })
      : problem('cluster-run-lost', { detail: shortened(detail) })
    if (one.engine === null) {
      if (again) return
      // No engine ever started, so the others would fare no better.
      if (one.run === null) refuse('cluster-engine-fails', { node: one.computer, detail: shortened(detail) })
      this.#restAs(one, 'interrupted', note)
      return
    }
    one.engine.fail(note)
    await this.#rest(one, !again)
    one.note = note
  }

  /** A run cannot train there, and would not anywhere else. */
  async #giveUp(one: Followed, of: Problem): Promise<void> {
    const { history, sweep, onTrial } = this.#options
    if (one.engine !== null) {
      one.engine.fail(of)
      await this.#rest(one, true)
      return
    }
    one.isOver = true
    if (one.run === null) history.sweeps.giveUpTrial(sweep.id, one.trial, of)
    onTrial(one.trial)
  }

  /** What the cluster says at last of a run that rests here already. */
  #restAs(one: Followed, state: RestState, of: Problem | null): void {
    const { history, events, onTrial } = this.#options
    one.isOver = true
    if (one.run === null) return
    events.publish({ kind: 'run', run: history.restAs(one.run, state, of) })
    onTrial(one.trial)
  }

  async #rest(one: Followed, isOver: boolean): Promise<void> {
    await one.training?.ended
    one.engine = null
    one.training = null
    one.isOver = isOver
    this.#options.onTrial(one.trial)
  }
}

/** How a trouble is told of a cluster that had taken the sweep. */
function whileSent(of: Problem, address: string): Problem {
  if (of.code === 'cluster-token-wrong') return problem('cluster-token-old', { address })
  return of.code === 'cluster-no-ray' ? problem('cluster-elsewhere', { address }) : of
}

function checkpointsGone(gone: ReadonlyMap<CheckpointUse, string>): Problem | null {
  const files = [...new Set(gone.values())].join(', ')
  return files === '' ? null : problem('cluster-checkpoint-gone', { files })
}
