import path from 'node:path'
import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import { classesOf } from '../../core/network/geometry.ts'
import { problemOf, refuse } from '../../core/words/problems.ts'
import type { ExportFormat } from '../../core/run/runExport.ts'
import type { Checkpoint } from '../../core/run/run.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'
import type { Log } from '../files/log.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { History } from '../history/history.ts'
import { verifiedCheckpoint } from './pointToContinue.ts'
import { reportDamage } from './reportDamage.ts'
import { dataFolderFor } from './runData.ts'

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

export interface CheckpointUsesOptions {
  readonly home: Home
  readonly history: History
  readonly datasets: DatasetStore
  readonly log: Log
  readonly engine: EngineHost
  /** An engine beside the one that trains. */
  readonly openSecondEngine: () => EngineHost
  /** Whether a run trains at this moment, on the first engine. */
  readonly training: () => boolean
  /** Whether nothing new may begin. */
  readonly closing: () => boolean
}

/**
 * What is done with a checkpoint of a run that does not go on from it, one thing after another. While a run trains a
 * second engine does it.
 */
export class CheckpointUses {
  readonly #options: CheckpointUsesOptions
  /** Settles when the last one that was asked for has. */
  #last: Promise<void> = Promise.resolve()
  #secondEngine: EngineHost | null = null

  constructor(options: CheckpointUsesOptions) {
    this.#options = options
  }

  /**
   * Measures the whole test set with the newest checkpoint, or the one at a step.
   * @throws LabError `run-unknown`, `checkpoint-unknown`, `checkpoint-damaged`, `checkpoint-foreign`, `dataset-missing`
   *   or `dataset-changed`.
   */
  evaluate(run: number, step?: number): Promise<TestResult> {
    return this.#inTurn(async () => {
      const { history, datasets, log } = this.#options
      const { config, configSha256 } = history.run(run)
      const checkpoint = this.#checkpoint(run, step)
      const dataFolder = dataFolderFor(datasets, config)
      const order = { config, dataFolder, checkpoint: await this.#verified(run, checkpoint, configSha256) }
      try {
        const measured = await this.#withEngine((engine) => engine.evaluate(order))
        return { run, checkpoint: checkpoint.step, ...measured, flips: config.evaluation.flips }
      } catch (thrown) {
        await reportDamage(datasets, config, problemOf(thrown), log)
        throw thrown
      }
    })
  }

  /**
   * Writes the network of the newest checkpoint, or the one at a step, into a folder that is empty or not there yet.
   * @throws LabError `bad-input` for a relative folder, `run-unknown`, `checkpoint-unknown`, `checkpoint-damaged`,
   *   `checkpoint-foreign`, `export-folder-taken`, `dataset-missing`, `disk-full` or `write-failed`.
   */
  export(run: number, format: ExportFormat, folder: string, step?: number): Promise<ExportResult> {
    if (!path.isAbsolute(folder)) refuse('bad-input', { detail: `the folder ${folder} is not an absolute path` })
    return this.#inTurn(async () => {
      const { history, datasets } = this.#options
      const { config, configSha256 } = history.run(run)
      const checkpoint = this.#checkpoint(run, step)
      const dataset = datasets.entry(config.data.dataset)
      const { classes } = viewOf(dataset, choiceOf(config.data))
      // Of a set that is gone, or of a copy that lacked classes, it is not known which ones the run has learned.
      if (classes.length !== classesOf(config.model))
        refuse('dataset-missing', { dataset: dataset.name, id: dataset.id })
      const order = { config, checkpoint: await this.#verified(run, checkpoint, configSha256), classes, format, folder }
      const { bytes } = await this.#withEngine((engine) => engine.export(order))
      return { run, checkpoint: checkpoint.step, format, folder, bytes }
    })
  }

  /** Resolves when the first engine is free of what was asked for so far. */
  engineFree(): Promise<void> {
    return this.#secondEngine === null ? this.#last : Promise.resolve()
  }

  /** Resident memory of the second engine in bytes; 0 while there is none. */
  async memory(): Promise<number> {
    return (await this.#secondEngine?.memory()) ?? 0
  }

  /** Ends what the second engine does. */
  async close(): Promise<void> {
    await this.#secondEngine?.close()
  }

  /** Does something after what was asked for before. */
  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(act)
    this.#last = result.then(
      () => undefined,
      () => undefined, // Told to the one who asked; what comes next does not depend on it.
    )
    return result
  }

  #checkpoint(run: number, step: number | undefined): Checkpoint {
    const { history } = this.#options
    return step === undefined
      ? (history.newestCheckpoint(run) ?? history.checkpoint(run, 0))
      : history.checkpoint(run, step)
  }

  #verified(run: number, checkpoint: Checkpoint, configSha256: string): Promise<{ path: string; sha256: string }> {
    return verifiedCheckpoint(checkpointFolder(this.#options.home, run), checkpoint, configSha256)
  }

  async #withEngine<Result>(use: (engine: EngineHost) => Promise<Result>): Promise<Result> {
    const { engine, openSecondEngine, training, closing } = this.#options
    if (closing()) refuse('lab-closing', {})
    if (!training()) return use(engine)
    const second = openSecondEngine()
    this.#secondEngine = second
    try {
      return await use(second)
    } finally {
      this.#secondEngine = null
      await second.close()
    }
  }
}
