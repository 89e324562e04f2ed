import type { TrainEvent } from '../../../core/contract/engineContract.ts'

/** Milliseconds between two reports, so at most ten per second. */
const interval = 100

/** Limits reports to ten per second. */
export class Throttle {
  #last = -Infinity

  /**
   * True at most once per 100 ms.
   * @param now Milliseconds.
   */
  isDue(now: number): boolean {
    if (now - this.#last < interval) return false
    this.#last = now
    return true
  }
}

/** Steps that were computed and not reported yet. */
export class StepLog {
  #first = 0
  #loss: number[] = []
  #accuracy: number[] = []
  #seconds: number[] = []

  add(step: number, loss: number, accuracy: number, seconds: number): void {
    if (this.#loss.length === 0) this.#first = step
    this.#loss.push(loss)
    this.#accuracy.push(accuracy)
    this.#seconds.push(seconds)
  }

  /**
   * Yields the steps as one event, if there are any, and empties the log.
   * @param waitingSeconds As defined by the event.
   */
  *take(waitingSeconds: number): Generator<Extract<TrainEvent, { kind: 'steps' }>> {
    if (this.#loss.length === 0) return
    const event = {
      kind: 'steps' as const,
      first: this.#first,
      loss: this.#loss,
      accuracy: this.#accuracy,
      seconds: this.#seconds,
      waitingSeconds,
    }
    this.#loss = []
    this.#accuracy = []
    this.#seconds = []
    yield event
  }
}
