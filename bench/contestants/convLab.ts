import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { TrainEvent, TrainOrder } from '../../core/contract/engineContract.ts'
import { parametersOf } from '../../core/network/geometry.ts'
import { LabError } from '../../core/words/problems.ts'
import { limitsOf } from '../../core/numbers/range.ts'
import { Goal, type RunConfig, type RunRequest } from '../../core/run/run.ts'
import { EngineHost, forkEngine } from '../../main/engine/host/engineHost.ts'
import { measureStepTime } from '../../main/training/stepTime.ts'
import type { Case } from '../cases.ts'
import { median } from '../statistics.ts'
import type { Contestant } from './contestant.ts'

/**
 * A session is opened for each measurement, as for each run; TensorFlow arranges the graph and its memory in the first
 * steps.
 */
const uncountedSteps = 6

/** Evaluations of the test set in one measurement of prediction; the first one is not counted. */
const evaluations = 3

/** More steps than any run of the bench reaches: nothing is due before the run is held. */
const never = limitsOf(Goal).max

/** The part of an order that the bench chooses. */
export type ShortOrder = Pick<TrainOrder, 'config'> &
  Partial<Pick<TrainOrder, 'dataFolder' | 'goal' | 'pauseAfter' | 'evaluateEvery' | 'checkpointEvery' | 'healthEvery'>>

/** Where the engine reads and writes. */
interface Places {
  /** The prepared data set. */
  readonly dataFolder: string
  /** For checkpoints. */
  readonly workFolder: string
  readonly testImages: number
}

/** The engine as the app runs it: the process, its host, its orders, its checkpoints. */
export class ConvLab implements Contestant {
  readonly id = 'conv-lab'
  readonly versions: Readonly<Record<string, string>>
  readonly #host: EngineHost
  readonly #places: Places

  private constructor(host: EngineHost, versions: Readonly<Record<string, string>>, places: Places) {
    this.#host = host
    this.versions = versions
    this.#places = places
  }

  /** @throws LabError `engine-unavailable` or `engine-crashed` */
  static async start(places: Places): Promise<ConvLab> {
    const host = new EngineHost({ launch: forkEngine, onStatus: () => undefined })
    const { tensorflow, binding, node } = await host.ready()
    return new ConvLab(host, { TensorFlow: tensorflow, 'tfjs-node binding': binding, 'Node.js': node }, places)
  }

  /**
   * Carries an order out from its beginning, with checkpoints in a folder that is gone afterwards.
   * @throws LabError when the run failed.
   */
  async *events({ config, ...chosen }: ShortOrder): AsyncGenerator<TrainEvent> {
    const checkpointFolder = await mkdtemp(path.join(this.#places.workFolder, 'checkpoints-'))
    try {
      const usual = { goal: never, evaluateEvery: never, checkpointEvery: never, pauseAfter: null }
      const order = {
        run: 1,
        config,
        dataFolder: this.#places.dataFolder,
        checkpointFolder,
        from: null,
        branchPoint: null,
        evaluated: false,
        threads: null,
        bestAccuracy: null,
        patience: null,
        evaluationsSinceBest: 0,
        healthEvery: 0,
      }
      for await (const event of this.#host.train({ ...order, ...usual, ...chosen })) {
        yield event
        if (event.kind === 'ended' && event.problem !== null) throw new LabError(event.problem)
      }
    } finally {
      await rm(checkpointFolder, { recursive: true, force: true })
    }
  }

  /** Training seconds at the end of each step of a run of so many steps, on the usual data or those in a folder. */
  async secondsOfSteps(config: RunConfig, steps: number, dataFolder = this.#places.dataFolder): Promise<number[]> {
    const seconds: number[] = []
    for await (const event of this.events({ config, dataFolder, pauseAfter: steps })) {
      if (event.kind === 'steps') seconds.push(...event.seconds)
    }
    return seconds
  }

  /** Seconds that a step of a request takes, as the app measures it before it fits a run to a time. */
  secondsPerStep(request: RunRequest): Promise<number> {
    return measureStepTime(request, {
      engine: this.#host,
      dataFolder: this.#places.dataFolder,
      signal: new AbortController().signal,
    })
  }

  prepare({ config }: Case): Promise<{ parameters: number; ways: string }> {
    return Promise.resolve({ parameters: parametersOf(config.model), ways: '' })
  }

  async train({ config, batch }: Case, steps: number): Promise<number> {
    const seconds = await this.secondsOfSteps(config, uncountedSteps + steps)
    return (batch * steps) / (seconds[seconds.length - 1] - seconds[uncountedSteps - 1])
  }

  async predict({ config }: Case): Promise<number> {
    const seconds: number[] = []
    // An evaluation after each of a few steps, in one session.
    for await (const event of this.events({ config, goal: evaluations, evaluateEvery: 1 })) {
      if (event.kind === 'evaluated') seconds.push(event.evaluationSeconds)
    }
    return this.#places.testImages / median(seconds.slice(1))
  }

  /** Resident memory of the engine in bytes. */
  memory(): Promise<number> {
    return this.#host.memory()
  }

  close(): Promise<void> {
    return this.#host.close()
  }
}
