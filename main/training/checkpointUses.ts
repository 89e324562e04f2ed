import path from 'node:path'
import { phrase } from '../../core/words/phrases.ts'
import { problemOf, refuse } from '../../core/words/problems.ts'
import { type ExportEvent, type ExportQuestion, isRunFormat } from '../../core/run/runExport.ts'
import type { Checkpoint } from '../../core/run/run.ts'
import { modelCard } from '../../core/export/modelCard.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'
import type { Log } from '../files/log.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { History } from '../history/history.ts'
import { chosenCheckpoint } from './chosenCheckpoint.ts'
import { verifiedCheckpoint } from './pointToContinue.ts'
import { reportDamage } from './reportDamage.ts'
import { dataFolderFor } from './runData.ts'
import { cardSubject } from '../export/cardSubject.ts'
import type { LiveEvents } from '../export/liveEvents.ts'
import { writeRun } from '../export/writeRun.ts'

/** The result of `evaluate` over the whole test set. */
export interface TestResult {
  readonly run: number
  readonly checkpoint: number
  readonly testAccuracy: number
  readonly testLoss: number
  readonly images: number
  /** Whether each image was evaluated together with its mirror image. */
  readonly flips: boolean
}

export interface CheckpointUsesOptions {
  readonly home: Home
  readonly history: History
  readonly datasets: DatasetStore
  readonly log: Log
  readonly engine: EngineHost
  readonly liveEvents: LiveEvents
  /** Makes an engine beside the one that trains. */
  readonly openSecondEngine: () => EngineHost
  /** Whether a run is training on the first engine now. */
  readonly training: () => boolean
  /** Whether nothing new may start. */
  readonly closing: () => boolean
}

/**
 * Uses of a checkpoint other than continuing its run, one at a time. While a run trains, a second engine carries them
 * out.
 */
export class CheckpointUses {
  readonly #options: CheckpointUsesOptions
  /** Settles when the last requested use has ended. */
  #last: Promise<void> = Promise.resolve()
  #secondEngine: EngineHost | null = null

  constructor(options: CheckpointUsesOptions) {
    this.#options = options
  }

  /**
   * Evaluates the newest checkpoint, or the one at a step, on the whole test set.
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
   * Exports the network of a checkpoint with its model card into a folder that is empty or missing. Who stops listening
   * ends it, and then nothing is left. A run for TensorBoard is written on while it trains, where that is asked for.
   * @throws LabError `bad-input` for a relative folder, `run-unknown`, `checkpoint-unknown`, `best-unknown`,
   *   `checkpoint-damaged`, `checkpoint-foreign`, `export-folder-taken`, `event-folder-taken`, `dataset-missing`,
   *   `disk-full` or `write-failed`.
   */
  async *export({ run, checkpoint: choice, format, input, folder, live }: ExportQuestion): AsyncGenerator<ExportEvent> {
    if (!path.isAbsolute(folder)) refuse('bad-input', { detail: phrase('path-not-absolute', { folder }) })
    yield* this.#partsInTurn(async function* (this: CheckpointUses): AsyncGenerator<ExportEvent> {
      const { history, liveEvents } = this.#options
      const summary = history.run(run)
      const { config, configSha256 } = summary
      if (format === 'tensorboard') history.eventFolders.checkFree(folder, run)
      const checkpoint = chosenCheckpoint(history, run, choice)
      const subject = cardSubject(this.#options, summary, checkpoint.step, format, input)
      const { classes, image } = subject
      const card = modelCard(subject)
      const done = ({ bytes, files }: { readonly bytes: number; readonly files: readonly string[] }): ExportEvent => ({
        kind: 'done',
        result: { run, checkpoint: checkpoint.step, format, folder, files: [...files], bytes },
      })
      if (isRunFormat(format)) {
        const parts = writeRun(history, summary, format, folder, card)
        for await (const part of parts) {
          if (part.kind === 'done' && live && format === 'tensorboard')
            await liveEvents.follow(run, folder, part.step, summary.state === 'training')
          yield part.kind === 'progress' ? part : done(part)
        }
        return
      }
      const file = await this.#verified(run, checkpoint, configSha256)
      const order = { config, checkpoint: file, image, classes: [...classes], format, input, card, folder }
      yield* this.#engineParts(async function* (engine): AsyncGenerator<ExportEvent> {
        for await (const part of engine.export(order)) yield part.kind === 'progress' ? part : done(part)
      })
    })
  }

  /** Resolves when the first engine has finished everything requested so far. */
  engineFree(): Promise<void> {
    return this.#secondEngine === null ? this.#last : Promise.resolve()
  }

  /** Resident memory of the second engine in bytes; 0 when there is none. */
  async memory(): Promise<number> {
    return (await this.#secondEngine?.memory()) ?? 0
  }

  /** Closes the second engine, whatever it is doing. */
  async close(): Promise<void> {
    await this.#secondEngine?.close()
  }

  /** Runs an action after all earlier ones. */
  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(act)
    this.#last = result.then(
      () => undefined,
      () => undefined, // Told to the one who asked; what comes next does not depend on it.
    )
    return result
  }

  /** Runs an action that answers in parts after all earlier ones. */
  async *#partsInTurn<Part>(act: (this: CheckpointUses) => AsyncGenerator<Part>): AsyncGenerator<Part> {
    const earlier = this.#last
    let ended = (): void => undefined
    this.#last = new Promise<void>((resolve) => (ended = resolve))
    try {
      await earlier
      yield* act.call(this)
    } finally {
      ended()
    }
  }

  #checkpoint(run: number, step: number | undefined): Checkpoint {
    return chosenCheckpoint(this.#options.history, run, step ?? 'last')
  }

  #verified(run: number, checkpoint: Checkpoint, configSha256: string): Promise<{ path: string; sha256: string }> {
    return verifiedCheckpoint(checkpointFolder(this.#options.home, run), checkpoint, configSha256)
  }

  async #withEngine<Result>(use: (engine: EngineHost) => Promise<Result>): Promise<Result> {
    const { engine, close } = this.#freeEngine()
    try {
      return await use(engine)
    } finally {
      await close()
    }
  }

  async *#engineParts<Part>(use: (engine: EngineHost) => AsyncGenerator<Part>): AsyncGenerator<Part> {
    const { engine, close } = this.#freeEngine()
    try {
      yield* use(engine)
    } finally {
      await close()
    }
  }

  /** The first engine, or while it trains a second one, which is closed after its use. */
  #freeEngine(): { readonly engine: EngineHost; readonly close: () => Promise<void> } {
    const { engine, openSecondEngine, training, closing } = this.#options
    if (closing()) refuse('lab-closing', {})
    if (!training()) return { engine, close: () => Promise.resolve() }
    const second = openSecondEngine()
    this.#secondEngine = second
    return {
      engine: second,
      close: () => {
        this.#secondEngine = null
        return second.close()
      },
    }
  }
}
