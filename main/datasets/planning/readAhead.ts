import { Worker } from 'node:worker_threads'
import { threadFile } from '../../files/threadFile.ts'

/** How many threads read ahead: as many files are waited for at once. */
const threads = 4
/** After so many files it is decided whether the disk is waited for. */
const tried = 256

/** The files of one thread: every `step`th, beginning at `from`. */
export interface FilesAhead {
  readonly files: readonly string[]
  readonly from: number
  readonly step: number
}

/**
 * Reads the first bytes of files ahead of a loop that looks at one after another, if it waits for the disk. A disk that
 * turns, a network or a virtual disk answers several requests in the time of one. Where the system has the files in
 * memory, nothing is started.
 */
export class ReadAhead {
  readonly #waits: () => number
  readonly #workers: Worker[] = []
  #files: readonly string[] = []
  #waitsBefore = 0

  /** @param waits how often the process has waited for something, such as the disk. */
  constructor(waits = waitsOfProcess) {
    this.#waits = waits
  }

  /** How many threads read. */
  get threads(): number {
    return this.#workers.length
  }

  /** Notes the files that will be looked at, in this order, before the first of them is. */
  begin(files: readonly string[]): void {
    this.#files = files
    this.#waitsBefore = this.#waits()
  }

  /** Notes how many files have been looked at. */
  passed(files: number): void {
    if (files !== tried || this.#files.length < 2 * tried) return
    // Most of the files made the process wait: they come from the disk.
    if (this.#waits() - this.#waitsBefore < tried / 2) return
    for (let thread = 0; thread < threads; thread += 1) {
      const order: FilesAhead = { files: this.#files, from: tried + thread, step: threads }
      const worker = new Worker(threadFile(import.meta.url, './readAhead.thread.ts'), { workerData: order })
      // Without it the files are only read more slowly.
      worker.on('error', () => undefined)
      this.#workers.push(worker)
    }
  }

  /** Ends the threads. Call it in any case. */
  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}

/** Counts waiting for something, but not for a turn of the processor. (Windows does not count it.) */
function waitsOfProcess(): number {
  return process.resourceUsage().voluntaryContextSwitches
}
