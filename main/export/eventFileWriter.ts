import { open, readdir, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { firstEvent, sessionStart, summaryEvent } from '../../core/export/tensorboard/events.ts'
import { stepSummaries } from '../../core/export/tensorboard/stepSummaries.ts'
import { makeFolder } from '../files/makeFolder.ts'
import { syncFolder } from '../platform/syncFolder.ts'
import type { History } from '../history/history.ts'
import { eventFileName, secondsOf, secondsOfEventFile } from './eventFileName.ts'
import { measuredSteps } from './measuredSteps.ts'

export interface EventFileOptions {
  readonly history: History
  readonly run: number
  readonly folder: string
  /** The step at which the run stands when the file is begun. */
  readonly step: number
  /** Told once, when the file could not be written. Nothing more is written then. */
  readonly onFailed: (thrown: unknown) => void
}

/**
 * The file of events to which a run is written while it trains, until it rests. It reads what the history has, so
 * whatever came meanwhile is caught up.
 *
 * An older file in the folder may have steps that a crash has undone, or less than the history has. So a new file
 * begins with the step at which the run stands, and says first that TensorBoard forgets everything from there on
 * (tensorboard/backend/event_processing/event_accumulator.py, `SessionLog.START`).
 */
export class EventFileWriter {
  readonly #options: EventFileOptions
  readonly #handle: FileHandle
  readonly #begun: number
  /** The last step that is in the files; null before the first, which may be step 0. */
  #after: number | null
  /** Up to where it is to be written. */
  #wanted = 0
  #scheduled = false
  #failed = false
  #last: Promise<void> = Promise.resolve()

  private constructor(options: EventFileOptions, handle: FileHandle, begun: number, after: number | null) {
    this.#options = options
    this.#handle = handle
    this.#begun = begun
    this.#after = after
  }

  /**
   * Begins a file behind those in the folder, which is made if it is missing. Without any the run is written from its
   * beginning.
   * @throws the system's error, for `writeProblem`.
   */
  static async open(options: EventFileOptions): Promise<EventFileWriter> {
    const { history, run, folder, step } = options
    await makeFolder(folder)
    const older = (await readdir(folder)).flatMap((name) => secondsOfEventFile(name) ?? [])
    const begun = secondsOf(history.run(run).createdAt)
    const now = Math.max(Math.floor(Date.now() / 1000), ...older.map((seconds) => seconds + 1))
    const handle = await open(path.join(folder, eventFileName(older.length === 0 ? begun : now)), 'wx')
    const from = older.length === 0 ? 0 : step
    try {
      await handle.appendFile(firstEvent(begun))
      if (older.length > 0) await handle.appendFile(sessionStart(begun, from))
      await syncFolder(folder)
    } catch (thrown) {
      await handle.close()
      throw thrown
    }
    return new EventFileWriter(options, handle, begun, from === 0 ? null : from - 1)
  }

  /**
   * The metrics up to this step are stored. What is measured at it besides comes after it, so the step itself is
   * written with the next one.
   */
  stored(step: number): void {
    this.#wanted = step - 1
    if (this.#scheduled) return
    this.#scheduled = true
    this.#last = this.#last.then(() => {
      this.#scheduled = false
      return this.#write(this.#wanted)
    })
  }

  /** Resolves when everything that was stored before the newest step is on the disk. */
  async settled(): Promise<void> {
    this.#last = this.#last.then(() => this.#unlessFailed(() => this.#handle.datasync()))
    await this.#last
  }

  /** Writes the rest and closes the file. */
  async end(): Promise<void> {
    this.#last = this.#last.then(() => this.#write(Infinity))
    await this.settled()
    await this.#handle.close()
  }

  /** @param until The last step that is written. */
  async #write(until: number): Promise<void> {
    const { history, run } = this.#options
    await this.#unlessFailed(async () => {
      for await (const measured of measuredSteps(history, run, this.#after, true, until)) {
        const bytes = Buffer.concat(stepSummaries(this.#begun, measured).map(summaryEvent))
        if (bytes.length === 0) return
        await this.#handle.appendFile(bytes)
        this.#after = measured.rows.first + measured.rows.loss.length - 1
      }
    })
  }

  async #unlessFailed(act: () => Promise<void>): Promise<void> {
    if (this.#failed) return
    try {
      await act()
    } catch (thrown) {
      this.#failed = true
      this.#options.onFailed(thrown)
    }
  }
}
