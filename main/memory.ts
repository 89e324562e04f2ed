import type { MemoryStatus } from '../core/contract/windowContract.ts'
import { totalMemory } from './engine/shared/totalMemory.ts'

/** Seconds between two measurements while somebody watches. */
const interval = 3

interface MemoryMeterOptions {
  /** Whether anybody watches. */
  readonly watched: () => boolean
  /** Resident memory of the engines in bytes. */
  readonly engineMemory: () => Promise<number>
  readonly onMeasured: (memory: MemoryStatus) => void
  readonly onFailed: (thrown: unknown) => void
}

/** Measures the resident memory of Conv Lab's processes every few seconds, as long as somebody watches. */
export class MemoryMeter {
  readonly #options: MemoryMeterOptions
  readonly #timer: NodeJS.Timeout
  #measuring = false
  #engineBytes = 0

  constructor(options: MemoryMeterOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.#measure(), interval * 1000)
    this.#timer.unref()
  }

  /** This process as it is now, the engines as last measured. */
  status(): MemoryStatus {
    return { usedBytes: process.memoryUsage.rss() + this.#engineBytes, totalBytes: totalMemory() }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #measure(): Promise<void> {
    // An engine in the middle of a long step answers late; it is not asked twice.
    if (this.#measuring || !this.#options.watched()) return
    this.#measuring = true
    try {
      this.#engineBytes = await this.#options.engineMemory()
      this.#options.onMeasured(this.status())
    } catch (thrown) {
      this.#options.onFailed(thrown)
    } finally {
      this.#measuring = false
    }
  }
}
