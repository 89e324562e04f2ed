import type { DatasetProgress } from '../../../core/data/dataset.ts'
import { secondsLeft, TransferRate } from './transferRate.ts'

/** Turns the amount of work done into progress with a rate and the time left. */
export class JobProgress {
  readonly #tell: (progress: DatasetProgress) => void
  #stage: DatasetProgress['stage'] | null = null
  #rate = new TransferRate()
  #done = 0
  #total: number | null = null

  constructor(tell: (progress: DatasetProgress) => void) {
    this.#tell = tell
  }

  /** Starts a stage whose duration is unknown. */
  begin(stage: DatasetProgress['stage'], totalBytes: number | null = null): void {
    this.#stage = stage
    this.#rate = new TransferRate()
    this.#done = 0
    this.#total = totalBytes
    this.#tell({ stage, doneBytes: 0, totalBytes, bytesPerSecond: null, secondsLeft: null })
  }

  /** A source broke off and will be asked again after a pause. */
  pause(pause: NonNullable<DatasetProgress['pause']>): void {
    this.#stage = 'connecting'
    this.#tell({
      stage: 'connecting',
      doneBytes: this.#done,
      totalBytes: this.#total,
      bytesPerSecond: null,
      secondsLeft: null,
      pause,
    })
  }

  bytes(stage: DatasetProgress['stage'], doneBytes: number, totalBytes: number): void {
    const bytesPerSecond = this.#noted(stage, doneBytes)
    this.#done = doneBytes
    this.#total = totalBytes
    this.#tell({
      stage,
      doneBytes,
      totalBytes,
      bytesPerSecond,
      secondsLeft: secondsLeft(totalBytes - doneBytes, bytesPerSecond),
    })
  }

  /** @param bytes of one image. */
  images(done: number, total: number, bytes: number): void {
    const imagesPerSecond = this.#noted('preparing', done)
    const bytesPerSecond = imagesPerSecond === null ? null : imagesPerSecond * bytes
    this.#tell({
      stage: 'preparing',
      doneBytes: done * bytes,
      totalBytes: total * bytes,
      bytesPerSecond,
      imagesPerSecond,
      secondsLeft: secondsLeft(total - done, imagesPerSecond),
    })
  }

  #noted(stage: DatasetProgress['stage'], done: number): number | null {
    if (stage !== this.#stage) this.#rate = new TransferRate()
    this.#stage = stage
    return this.#rate.note(performance.now(), done)
  }
}

/** Values of which only the newest counts: who is slow to ask for it gets that one alone. */
export class Latest<Value> {
  #latest: { readonly value: Value } | null = null
  #wake = (): void => undefined

  note(value: Value): void {
    this.#latest = { value }
    this.#wake()
  }

  /** Resolves with the newest value that was not asked for yet. */
  async next(): Promise<Value> {
    for (;;) {
      const latest = this.#latest
      this.#latest = null
      if (latest !== null) return latest.value
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /**
   * The newest values for as long as some work lasts; its own value is the last.
   * @throws what the work throws.
   */
  async *until(work: Promise<Value>): AsyncGenerator<Value, void> {
    const last = work.then((value) => ({ value, isLast: true }))
    for (;;) {
      const newest = this.next().then((value) => ({ value, isLast: false }))
      const { value, isLast } = await Promise.race([last, newest])
      yield value
      if (isLast) return
    }
  }
}
