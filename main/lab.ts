import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { phrase, quoted, type Phrase } from '../core/words/phrases.ts'
import { LabError, problem, refuse, sentenceOf, type Problem } from '../core/words/problems.ts'
import type { About, FolderToOpen } from '../core/contract/about.ts'
import type { LabStatus, Owner } from '../core/contract/windowContract.ts'
import { BinKeeper } from './binKeeper.ts'
import { DatasetStore } from './datasets/datasetStore.ts'
import { EngineHost, type LaunchEngine } from './engine/host/engineHost.ts'
import { EventHub } from './events.ts'
import { Example } from './example/example.ts'
import { LiveEvents } from './export/liveEvents.ts'
import { writeProblem } from './files/atomicFile.ts'
import { HomeOwner } from './files/homeOwner.ts'
import { openLog, type Log } from './files/log.ts'
import { makeFolder } from './files/makeFolder.ts'
import { cacheFolder, checkpointFolder, homePlaces, type Home } from './files/places.ts'
import { History } from './history/history.ts'
import { connectToOwner } from './homeSocket/ownerLink.ts'
import type { HomeSocket } from './homeSocket/serveHomeSocket.ts'
import { MemoryMeter } from './memory.ts'
import type { Inspection } from './inspect/inspection.ts'
import { openInspection } from './inspect/openInspection.ts'
import { RunController } from './training/runController.ts'
import { Updates } from './update/updates.ts'
import { version } from './version.ts'
import { WeightsImport } from './weights/weightsImport.ts'

export interface LabOptions {
  /** The home folder. It is made if it is missing. */
  readonly home: string
  readonly shell: Owner['shell']
  readonly launchEngine: LaunchEngine
  /** The window's address, if it is in a browser. */
  readonly address?: () => string | null
  /** Starts the engine at once in the background, so that the first run does not wait for it. */
  readonly warm: boolean
  /** Shows a folder in the system's file manager, where the shell can. Resolves to why it could not, or to ''. */
  readonly openFolder?: (folder: string) => Promise<string>
}

/** How long closing waits for a run's checkpoint before the engine is killed, in milliseconds. */
const longestHold = 30_000

/**
 * An open home folder: its history, data sets, engine and runs. Every shell opens one with `openServedLab`. The lab
 * itself knows nothing of the contract through which others use it.
 */
export class Lab {
  readonly home: Home
  readonly log: Log
  readonly history: History
  readonly datasets: DatasetStore
  readonly events = new EventHub()
  readonly engine: EngineHost
  readonly runs: RunController
  /** Weights from elsewhere, to begin runs with. */
  readonly weights: WeightsImport
  /** Looking inside networks, with an engine of its own. */
  readonly inspection: Inspection
  /** The small trained example that comes with Conv Lab. */
  readonly example: Example
  /** Newer versions of the program, when a person asks for them. */
  readonly updates: Updates
  /**
   * Resolves when another Conv Lab has taken the home folder. Nothing is written there any more. The shell says why and
   * ends its process at once, without its usual ways: SQLite writes to the history when Node.js takes itself down.
   */
  readonly taken: Promise<Problem>
  readonly #shell: Owner['shell']
  #address: () => string | null
  readonly #openFolder: ((folder: string) => Promise<string>) | null
  readonly #memory: MemoryMeter
  readonly #bin: BinKeeper
  readonly #owner: HomeOwner
  #socket: HomeSocket | null = null
  #closed: Promise<void> | null = null

  /**
   * Opens a home folder as its owner.
   * @throws LabError `home-in-use` with the owner, `history-damaged`, `history-newer`, `write-failed` or `disk-full`;
   *   then nothing stays open.
   */
  static async open(options: LabOptions): Promise<Lab> {
    const home = homePlaces(options.home)
    await makeFolder(home.folder).catch((thrown: unknown) => {
      throw writeProblem(thrown, home.folder)
    })
    const log = openLog(home.folder)
    const owner = await HomeOwner.claim(home, log)
    try {
      const history = await openHistory(home, owner)
      try {
        const lab = new Lab(options, home, history, log, owner)
        if (options.warm) lab.#warm()
        return lab
      } catch (thrown) {
        history.close()
        throw thrown
      }
    } catch (thrown) {
      await owner.close()
      throw thrown
    }
  }

  private constructor(options: LabOptions, home: Home, history: History, log: Log, owner: HomeOwner) {
    const { events } = this
    this.home = home
    this.log = log
    this.history = history
    this.#shell = options.shell
    this.#openFolder = options.openFolder ?? null
    this.#address = options.address ?? (() => null)
    this.datasets = new DatasetStore({
      folder: home.datasets,
      onChange: (dataset) => events.publish({ kind: 'dataset', dataset }),
      usedBy: (dataset) => this.runs.runOn(dataset),
    })
    // Where there is a window, somebody may look inside a network or work with other programs while a run trains.
    const role = options.shell === 'cli' ? 'normal' : 'background'
    const launch = options.launchEngine
    const threads = (): number | null => this.#threads()
    this.engine = new EngineHost({
      launch,
      role,
      onStatus: (engine) => events.publish({ kind: 'engine', engine }),
      threads,
    })
    const liveEvents = new LiveEvents({
      history,
      datasets: this.datasets,
      log: this.log,
      tell: (run) => void this.runs.tell(run),
    })
    this.runs = new RunController({
      home,
      history,
      events,
      datasets: this.datasets,
      engine: this.engine,
      log: this.log,
      liveEvents,
      openSecondEngine: () => new EngineHost({ launch, role, onStatus: () => undefined, threads }),
    })
    this.weights = new WeightsImport({ home, history, branchPoints: this.runs.branchPoints })
    this.inspection = openInspection({
      home,
      history,
      datasets: this.datasets,
      log: this.log,
      // The window shows only the status of the engine that trains.
      openEngine: () => new EngineHost({ launch, role: 'looking', onStatus: () => undefined }),
    })
    // A command line follows those that somebody asks it for.
    if (options.shell !== 'cli') this.runs.clusters.attach()
    this.example = new Example({ home, history, events, datasets: this.datasets, shelves: this.runs.shelves })
    this.updates = new Updates({
      home: home.folder,
      partial: home.updates,
      mirror: () => this.datasets.mirror,
    })
    this.#bin = new BinKeeper(this.runs.shelves, this.log)
    this.#memory = new MemoryMeter({
      watched: () => events.listeners > 0,
      engineMemory: async () => (await this.runs.engineMemory()) + (await this.inspection.engine.memory()),
      onMeasured: (memory) => events.publish({ kind: 'memory', memory }),
      onFailed: (thrown) => this.log.add('measuring memory', thrown),
    })
    const { promise, resolve } = Promise.withResolvers<Problem>()
    this.taken = promise
    this.#owner = owner
    owner.begin((of) => {
      resolve(of)
      this.#leave(of)
    })
  }

  /** The present state of the lab. */
  status(): LabStatus {
    return {
      version,
      home: this.home.folder,
      owner: { shell: this.#shell, pid: process.pid, address: this.#address() },
      engine: this.engine.status,
      memory: this.#memory.status(),
      queue: this.runs.queue.status,
      sequence: this.events.sequence,
    }
  }

  /** What the lab is made of and where its files are. */
  about(): About {
    const { home } = this
    return {
      versions: {
        lab: version,
        node: process.versions.node,
        sqlite: this.history.sqliteVersion(),
        electron: process.versions['electron'] ?? null,
        chromium: process.versions['chrome'] ?? null,
      },
      processors: availableParallelism(),
      places: {
        home: home.folder,
        history: home.history,
        checkpoints: home.checkpoints,
        datasets: home.datasets,
        log: this.log.file,
        cache: cacheFolder(),
      },
      opensFolders: this.#openFolder !== null,
    }
  }

  /**
   * Shows a folder of the lab in the system's file manager.
   * @throws LabError `run-unknown` or `folder-not-opened`.
   */
  async openFolder(asked: FolderToOpen): Promise<{ folder: string }> {
    const folder = this.#folderOf(asked)
    if (this.#openFolder === null) refuse('folder-not-opened', { folder, detail: phrase('no-file-manager', {}) })
    const failed = await this.#openFolder(folder)
    if (failed !== '') refuse('folder-not-opened', { folder, detail: failed })
    return { folder }
  }

  #folderOf(asked: FolderToOpen): string {
    if (asked.kind === 'home') return this.home.folder
    if (asked.kind === 'cache') return cacheFolder()
    return checkpointFolder(this.home, this.history.run(asked.run).id)
  }

  /** The threads that were chosen, but no more than the computer has; null for as many as it has. */
  #threads(): number | null {
    const { threads } = this.history.readPreferences()
    return threads === 'all' ? null : Math.min(threads, availableParallelism())
  }

  /** Tells others who want to open this home folder where the window is. */
  setAddress(address: string): void {
    this.#address = () => address
  }

  /** Takes over the socket at which others use this lab; `close` closes it. */
  setSocket(socket: HomeSocket): void {
    this.#socket = socket
  }

  /** Resolves when no command line uses this lab. */
  async idle(): Promise<void> {
    await this.#socket?.idle()
  }

  /**
   * Pauses a training run with a checkpoint and closes everything. Further calls wait for the same end. Of a folder that
   * another Conv Lab has taken, what lies in it is left as it is.
   */
  close(): Promise<void> {
    this.#closed ??= this.#closeAll()
    return this.#closed
  }

  /** Closes every part, even if one before it fails. The first failure is thrown at the end. */
  async #closeAll(): Promise<void> {
    const failures: unknown[] = []
    const inOwnFolder = (step: () => Promise<void> | void) => (): Promise<void> | void =>
      this.#owner.taken ? undefined : step()
    const steps: (() => Promise<void> | void)[] = [
      () => this.#memory.close(),
      () => this.#bin.close(),
      inOwnFolder(() => this.#holdRun()),
      () => this.updates.close(new LabError(problem('lab-closing', {}))),
      () => this.datasets.close(),
      () => this.inspection.engine.close(),
      () => this.inspection.figures.close(),
      () => this.inspection.planeThreads.close(),
      () => this.engine.close(),
      inOwnFolder(() => this.runs.close()),
      // Windows and command lines hear the last events before their connection ends.
      () => this.events.close(),
      // Closing it deletes the file, which may be the other's by now.
      inOwnFolder(() => this.#socket?.close()),
      () => this.#owner.close(),
      () => this.history.close(),
    ]
    for (const step of steps) {
      try {
        await step()
      } catch (thrown) {
        failures.push(thrown)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  /**
   * Waits for the run's checkpoint, at most `longestHold`. The caller then kills an engine that hangs, and the run
   * counts as interrupted.
   */
  async #holdRun(): Promise<void> {
    const held = new AbortController()
    try {
      // The race handles both promises, so a later rejection is not unhandled.
      await Promise.race([this.runs.close(), delay(longestHold, undefined, { signal: held.signal })])
    } finally {
      held.abort()
    }
  }

  /** The folder is another's: what trains ends without a checkpoint, and the windows are told. */
  #leave(of: Problem): void {
    this.log.add(sentenceOf(of, 'en'))
    this.runs.abandon()
    this.events.publish({ kind: 'taken', problem: of })
    this.events.close()
  }

  #warm(): void {
    this.engine.ready().catch((thrown: unknown) => {
      // The status shows the problem, and starting a run tries again.
      if (!(thrown instanceof LabError)) this.log.add('starting the engine', thrown)
    })
  }
}

/**
 * Opens the history, which makes this process the owner of the folder. If another process owns it, the error says
 * which.
 */
async function openHistory(home: Home, owner: HomeOwner): Promise<History> {
  try {
    return History.open(home, () => owner.refuseIfTaken())
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.problem.code !== 'home-in-use') throw thrown
    const { detail } = thrown.problem.parameters
    const found = typeof detail === 'object' ? detail : quoted(String(detail))
    throw new LabError(problem('home-in-use', { home: home.folder, detail: (await describeOwner(home)) ?? found }), {
      cause: thrown,
    })
  }
}

async function describeOwner(home: Home): Promise<Phrase | null> {
  const link = await connectToOwner(home)
  if (link === null) return null
  try {
    const { owner } = await link.client.lab.status()
    const shell = phrase(`owner-${owner.shell}`, { pid: String(owner.pid) })
    return owner.address === null ? shell : phrase('owner-at', { owner: shell, address: owner.address })
  } finally {
    link.close()
  }
}
