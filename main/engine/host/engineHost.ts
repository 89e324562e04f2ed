import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type {
  engineContract,
  EvaluateOrder,
  ExportOrder,
  ExportPart,
  TrainEvent,
  TrainOrder,
} from '../../../core/contract/engineContract.ts'
import { LabError, problem, Problem, problemOf } from '../../../core/words/problems.ts'
import type { EngineIdentity } from '../../../core/run/run.ts'
import type { EngineStatus } from '../../../core/contract/windowContract.ts'
import type { EngineProcess, EngineRole, LaunchEngine } from './forkEngine.ts'
import { deathProblem } from '../shared/outOfMemory.ts'

export { forkEngine, type EngineProcess, type EngineRole, type LaunchEngine } from './forkEngine.ts'

type EngineClient = ContractRouterClient<typeof engineContract>

/** What an engine can be asked about the time that its operations take. */
export type TimingClient = Pick<EngineClient, 'stepTimes' | 'calibrate'>

/** Milliseconds an engine has to exit when asked, before it is killed. */
const leaveTimeout = 2000

/** One engine process, from its start to its end. */
interface Engine {
  readonly process: EngineProcess
  readonly client: EngineClient
  readonly exited: Promise<string>
  /** Number of threads it was asked to compute on; null for as many as the computer has. */
  readonly threads: number | null
  /** How it ended; null while it runs. */
  exitDetail: string | null
}

/** Connects to an engine process that was just started. */
function connectTo(process: EngineProcess, threads: number | null, onExit: (engine: Engine) => void): Engine {
  const client: EngineClient = createORPCClient(new RPCLink({ port: process.port }))
  const exited = new Promise<string>((resolve) => process.onExit(resolve))
  const engine: Engine = { process, client, exited, threads, exitDetail: null }
  process.onExit((detail) => {
    engine.exitDetail = detail
    onExit(engine)
  })
  return engine
}

/** Translates a failed call: the engine died, it reported a problem, or something unexpected happened. */
function meaningOf(thrown: unknown, engine: Engine): LabError {
  if (engine.exitDetail !== null) return new LabError(deathProblem(engine.exitDetail), { cause: thrown })
  if (thrown instanceof ORPCError && thrown.code === 'PROBLEM') {
    const told = Problem.safeParse(thrown.data)
    if (told.success) return new LabError(told.data, { cause: thrown })
  }
  return thrown instanceof LabError ? thrown : new LabError(problemOf(thrown), { cause: thrown })
}

export interface EngineHostOptions {
  readonly launch: LaunchEngine
  /** What the engine is for; `normal` where nothing is said. */
  readonly role?: EngineRole
  readonly onStatus: (status: EngineStatus) => void
  /** The threads to compute on where an order does not say: asked at each start; null for as many as the computer has. */
  readonly threads?: () => number | null
}

/**
 * The main process's side of the engine. Starts it when needed, sends it requests and notices its death. When the
 * engine dies, pending requests fail with `engine-crashed`, or with `out-of-memory` where that is known to be the
 * cause. The next request starts a new engine.
 */
export class EngineHost {
  /** It runs on this computer. */
  readonly computer = null
  readonly #launch: (threads: number | null) => EngineProcess
  readonly #onStatus: (status: EngineStatus) => void
  readonly #usualThreads: () => number | null
  #status: EngineStatus = { state: 'off', identity: null, problem: null }
  #engine: Engine | null = null
  #identity: Promise<EngineIdentity> | null = null

  constructor(options: EngineHostOptions) {
    this.#launch = (threads) => options.launch(options.role, threads)
    this.#usualThreads = options.threads ?? (() => null)
    this.#onStatus = options.onStatus
  }

  get status(): EngineStatus {
    return this.#status
  }

  /**
   * Identifies the engine; starts it when it is off.
   * @throws LabError `engine-unavailable` or `engine-crashed`.
   */
  ready(): Promise<EngineIdentity> {
    this.#identity ??= this.#start(this.#usualThreads())
    return this.#identity
  }

  /**
   * Trains a run. Yields the events of `core/contract/engineContract.ts`; the last is `ended`. If the caller stops
   * iterating, training ends without a checkpoint.
   * @throws LabError `engine-crashed` or `out-of-memory` when the engine dies during training, `run-in-progress` when
   *   it is already training.
   */
  async *train(order: TrainOrder): AsyncGenerator<TrainEvent> {
    await this.#computeOn(order.threads ?? this.#usualThreads())
    const engine = await this.#running()
    try {
      yield* await engine.client.train(order)
    } catch (thrown) {
      throw meaningOf(thrown, engine)
    }
  }

  /**
   * Asks the training run to hold: finish the step, write a checkpoint, end. Resolves once the engine has received the
   * request. Does nothing when nothing trains.
   */
  async hold(as: 'paused' | 'stopped'): Promise<void> {
    const engine = this.#engine
    if (engine === null) return
    try {
      await engine.client.hold({ as })
    } catch (thrown) {
      throw meaningOf(thrown, engine)
    }
  }

  /**
   * Evaluates a checkpoint on the whole test set.
   * @throws LabError `run-in-progress` while a run trains, `engine-crashed`, or the problem with a file that could not
   *   be used.
   */
  async evaluate(order: EvaluateOrder): Promise<{ testAccuracy: number; testLoss: number; images: number }> {
    const engine = await this.#running()
    try {
      return await engine.client.evaluate(order)
    } catch (thrown) {
      throw meaningOf(thrown, engine)
    }
  }

  /**
   * Exports the network of a checkpoint for use in other programs.
   * @throws LabError `run-in-progress` while a run trains, `engine-crashed`, or the problem with a file that could not
   *   be read or written, also between two parts.
   */
  async *export(order: ExportOrder): AsyncGenerator<ExportPart> {
    const engine = await this.#running()
    try {
      yield* await engine.client.export(order)
    } catch (thrown) {
      throw meaningOf(thrown, engine)
    }
  }

  /**
   * Asks the engine to look inside a network; starts it when it is off.
   * @throws LabError `engine-crashed`, or the problem with a file that could not be used.
   */
  async inspect<Result>(ask: (inspect: EngineClient['inspect']) => Promise<Result>): Promise<Result> {
    const engine = await this.#running()
    try {
      return await ask(engine.client.inspect)
    } catch (thrown) {
      throw meaningOf(thrown, engine)
    }
  }

  /**
   * The same for an answer that comes in parts.
   * @throws as `inspect` does, also between two parts.
   */
  async *inspectParts<Part>(
    ask: (inspect: EngineClient['inspect']) => Promise<AsyncIterable<Part>>,
  ): AsyncGenerator<Part> {
    const engine = await this.#running()
    try {
      yield* await ask(engine.client.inspect)
    } catch (thrown) {
      throw meaningOf(thrown, engine)
    }
  }

  /**
   * Asks the engine how long operations take on it; starts it when it is off.
   * @throws LabError `run-in-progress` while a run trains, `engine-crashed`, or the problem with what was asked, also
   *   between two parts.
   */
  async *timing<Part>(ask: (timing: TimingClient) => Promise<AsyncIterable<Part>>): AsyncGenerator<Part> {
    const engine = await this.#running()
    try {
      yield* await ask(engine.client)
    } catch (thrown) {
      throw meaningOf(thrown, engine)
    }
  }

  /** Resident memory of the engine in bytes; 0 when it is off. */
  async memory(): Promise<number> {
    const engine = this.#engine
    if (engine === null) return 0
    try {
      return await engine.client.memory()
    } catch (thrown) {
      if (engine.exitDetail !== null) return 0
      throw meaningOf(thrown, engine)
    }
  }

  /** Kills the engine without warning, as a crash would. Pending requests fail with `engine-crashed`. */
  kill(): void {
    this.#engine?.process.kill('SIGKILL')
  }

  /** Ends the engine: asks it, waits, then kills it. A training run ends without a checkpoint, so hold it first. */
  async close(): Promise<void> {
    const engine = this.#engine
    if (engine === null) return
    this.#forget({ state: 'off', identity: null, problem: null })
    // The reply may be lost when the process exits. Only its exit matters.
    engine.client.leave().catch(() => undefined)
    const killing = setTimeout(() => engine.process.kill('SIGKILL'), leaveTimeout)
    await engine.exited
    clearTimeout(killing)
  }

  /** Replaces the engine process if it computes on another number of threads. A process cannot change its number. */
  async #computeOn(threads: number | null): Promise<void> {
    const started = this.#engine
    if (started !== null && started.threads !== threads) {
      const identity = await this.ready()
      if (identity.threads === threads) return
      await this.close()
    }
    this.#identity ??= this.#start(threads)
    await this.#identity
  }

  async #start(threads: number | null): Promise<EngineIdentity> {
    const engine = connectTo(this.#launch(threads), threads, (dead) => {
      if (this.#engine === dead)
        this.#forget({ state: 'failed', identity: null, problem: deathProblem(dead.exitDetail ?? '') })
    })
    this.#engine = engine
    this.#tell({ state: 'starting', identity: null, problem: null })
    try {
      // An engine that failed to start has exited before the request reaches it, so nobody would answer.
      const identity = await Promise.race([
        engine.client.identity(),
        engine.exited.then((detail) => Promise.reject(new LabError(deathProblem(detail)))),
      ])
      this.#tell({ state: 'ready', identity, problem: null })
      return identity
    } catch (thrown) {
      const meaning = meaningOf(thrown, engine)
      if (this.#engine === engine) {
        this.#forget({ state: 'failed', identity: null, problem: meaning.problem })
        engine.process.kill('SIGKILL')
      }
      throw meaning
    }
  }

  async #running(): Promise<Engine> {
    await this.ready()
    const engine = this.#engine
    // It died after its answer.
    if (engine === null) throw new LabError(this.#status.problem ?? problem('engine-crashed', { detail: 'closed' }))
    return engine
  }

  #forget(status: EngineStatus): void {
    this.#engine = null
    this.#identity = null
    this.#tell(status)
  }

  #tell(status: EngineStatus): void {
    this.#status = status
    this.#onStatus(status)
  }
}
